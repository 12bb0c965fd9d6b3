import type { ZodOpenApiPathsObject } from "zod-openapi";
import { NewInvitationView, PasswordResetView } from "@/app/v1/replies/link-views";
import { InvitationView } from "@/lib/links/invitation-view";
import { InviteUser } from "@/lib/links/invite-user";
import { InvitationQuery } from "@/lib/links/list-invitations";
import { InvitationLinksInput } from "@/lib/links/make-invitation-links";
import { DeletedUserView } from "@/lib/users/list/deleted-user-view";
import { DeletedUserQuery } from "@/lib/users/list/list-deleted-users";
import { csv, idOf, pageOf } from "../describe-path";
import { native } from "./native";
import { aUser } from "./users";

export const invitations: ZodOpenApiPathsObject = {
  "/v1/invitations": native("Invitations", {
    get: {
      id: "listInvitations",
      summary: "List invitations that nobody has accepted yet",
      query: InvitationQuery,
      answers: {
        200: { description: "One page", schema: pageOf(InvitationView), headers: ["Link"] },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
    post: {
      id: "inviteUser",
      summary: "Invite somebody",
      description: "Creates an invited user and a link with which they choose their password.",
      body: InviteUser,
      example: { email: "ana@example.com", name: "Ana", role: "predefined_user" },
      idempotent: true,
      answers: {
        201: {
          description: "The invitation; its link is told this once",
          schema: NewInvitationView,
          headers: ["Location", "Idempotent-Replayed"],
        },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "CONFIRMATION_REQUIRED", "EMAIL_TAKEN"],
    },
  }),
  "/v1/invitations/links": native("Invitations", {
    post: {
      id: "makeInvitationLinks",
      summary: "Make new links for many who have not joined yet",
      description: [
        "For those who are named, whom a filter means, or whom a job (an import) has made: exactly one of `ids`, `filter`, `job`.",
        "Answers with a file, a row for each: `email,name,role,link,expiresAt,mail,result`. The links are told this once, and",
        "mailed where mail is configured. Earlier links of these people open nothing any more. `result` is `made`, or why",
        "nothing was: `notInvited` (has joined, or is disabled), `forbidden`, `unconfirmed`, `notFound`.",
      ].join(" "),
      body: InvitationLinksInput,
      example: { filter: { status: "invited" } },
      answers: { 200: csv("The file, sent as the links are made") },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "NOT_FOUND"],
    },
  }),
  "/v1/invitations/{id}": native("Invitations", {
    delete: {
      id: "revokeInvitation",
      summary: "Take an invitation back",
      path: idOf("invitation"),
      answers: { 204: { description: "Its link opens nothing any more" } },
      codes: ["FORBIDDEN", "CONFIRMATION_REQUIRED", "NOT_FOUND", "NOT_INVITED"],
    },
  }),
  "/v1/invitations/{id}/resend": native("Invitations", {
    post: {
      id: "resendInvitation",
      summary: "Make a new link for an invitation",
      description: "The old link opens nothing any more.",
      path: idOf("invitation"),
      answers: {
        200: {
          description: "The invitation; its link is told this once",
          schema: NewInvitationView,
        },
      },
      codes: ["FORBIDDEN", "CONFIRMATION_REQUIRED", "NOT_FOUND", "NOT_INVITED"],
    },
  }),
  "/v1/users/{id}/password-reset": native("Users", {
    post: {
      id: "startPasswordReset",
      summary: "Make a link with which a user chooses a new password",
      path: idOf("user"),
      answers: {
        201: { description: "The link, told this once", schema: PasswordResetView },
      },
      codes: ["FORBIDDEN", "CONFIRMATION_REQUIRED", "NOT_FOUND", "NOT_ACTIVE", "OWN_PASSWORD"],
    },
  }),
  "/v1/users/{id}/second-factor": native("Users", {
    delete: {
      id: "removeSecondFactor",
      summary: "Take every second factor off a user who has lost it",
      description:
        "Authenticator app, passkeys and recovery codes go, and all sessions end. Whoever had none stays as they are. A role that requires a second factor asks for a new one.",
      path: idOf("user"),
      answers: { 204: { description: "The password alone is enough, until there is another" } },
      codes: ["FORBIDDEN", "CONFIRMATION_REQUIRED", "NOT_FOUND"],
    },
  }),
  "/v1/deleted-users": native("Users", {
    get: {
      id: "listDeletedUsers",
      summary: "List deleted users who can be restored",
      query: DeletedUserQuery,
      answers: {
        200: { description: "One page", schema: pageOf(DeletedUserView), headers: ["Link"] },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
  }),
  "/v1/deleted-users/{id}/restore": native("Users", {
    post: {
      id: "restoreUser",
      summary: "Restore a deleted user",
      description: "With id, number and password as they were; sessions and tokens are gone.",
      path: idOf("user"),
      answers: { 200: aUser("The user") },
      codes: ["FORBIDDEN", "CONFIRMATION_REQUIRED", "NOT_FOUND", "EMAIL_TAKEN"],
    },
  }),
};
