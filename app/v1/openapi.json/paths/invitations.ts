import type { ZodOpenApiPathsObject } from "zod-openapi";
import { NewInvitationView, NewJoinLinkView, PasswordResetView } from "@/app/v1/replies/link-views";
import { NewJoinLink } from "@/lib/links/create-join-link";
import { InvitationView } from "@/lib/links/invitation-view";
import { InviteUser } from "@/lib/links/invite-user";
import { JoinLinkView } from "@/lib/links/join-link";
import { JoinRequestView } from "@/lib/links/join-request";
import { InvitationQuery } from "@/lib/links/list-invitations";
import { JoinLinkQuery } from "@/lib/links/list-join-links";
import { JoinRequestQuery } from "@/lib/links/list-join-requests";
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
  "/v1/join-links": native("Invitations", {
    get: {
      id: "listJoinLinks",
      summary: "List links for several people",
      description:
        "Those with a role that the caller could give; a page may have fewer than asked for.",
      query: JoinLinkQuery,
      answers: {
        200: { description: "One page", schema: pageOf(JoinLinkView), headers: ["Link"] },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
    post: {
      id: "createJoinLink",
      summary: "Make a link for several people",
      description: [
        "Whoever has it joins with an address and a password of their own, as many as it is for; with `approval` each waits",
        "until somebody lets them in. Never with a role that allows everything.",
      ].join(" "),
      body: NewJoinLink,
      example: { name: "Summer interns", maxUses: 25, domain: "example.com" },
      idempotent: true,
      answers: {
        201: {
          description: "The link, told this once",
          schema: NewJoinLinkView,
          headers: ["Idempotent-Replayed"],
        },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
  }),
  "/v1/join-links/{id}": native("Invitations", {
    delete: {
      id: "revokeJoinLink",
      summary: "Take a link for several people back",
      description: "Who waits goes on waiting.",
      path: idOf("link"),
      answers: { 204: { description: "It opens nothing any more" } },
      codes: ["FORBIDDEN", "NOT_FOUND"],
    },
  }),
  "/v1/join-requests": native("Invitations", {
    get: {
      id: "listJoinRequests",
      summary: "List who waits to be let in",
      description: "Those whom the caller could let in; a page may have fewer than asked for.",
      query: JoinRequestQuery,
      answers: {
        200: { description: "One page", schema: pageOf(JoinRequestView), headers: ["Link"] },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
  }),
  "/v1/join-requests/{id}": native("Invitations", {
    delete: {
      id: "refuseJoinRequest",
      summary: "Refuse somebody who waits",
      description: "Their place at the link is free again.",
      path: idOf("request"),
      answers: { 204: { description: "They are refused" } },
      codes: ["FORBIDDEN", "NOT_FOUND"],
    },
  }),
  "/v1/join-requests/{id}/approve": native("Invitations", {
    post: {
      id: "approveJoinRequest",
      summary: "Let in somebody who waits",
      path: idOf("request"),
      answers: {
        201: {
          ...aUser("The user, active, with the password that they chose"),
          headers: ["ETag", "Location"],
        },
      },
      codes: ["FORBIDDEN", "CONFIRMATION_REQUIRED", "NOT_FOUND", "EMAIL_TAKEN"],
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
