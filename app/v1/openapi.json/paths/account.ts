import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { EventView } from "@/lib/audit/event-view";
import { OwnEventQuery } from "@/lib/audit/list-own-events";
import { OwnData } from "@/lib/sessions/export-own-data";
import { SessionPageQuery, SessionView } from "@/lib/sessions/list-sessions";
import { ForwardQuery } from "@/lib/sessions/schema";
import { Password } from "@/lib/users/schema";
import { OwnProfile } from "@/lib/users/update-own-profile";
import { describePath, idOf, pageOf } from "../describe-path";
import { native } from "./native";
import { aUser } from "./users";

export const account: ZodOpenApiPathsObject = {
  "/v1/auth/me": native("Account", {
    get: {
      id: "getMe",
      summary: "Read oneself",
      answers: { 200: aUser("The caller") },
    },
    patch: {
      id: "updateMe",
      summary: "Change one's own name and e-mail address",
      description: "A new address asks for a session that was confirmed within 15 minutes.",
      body: OwnProfile,
      example: { name: "Ana" },
      ifMatch: true,
      answers: { 200: aUser("The caller as it is now") },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "CONFIRMATION_REQUIRED", "EMAIL_TAKEN", "STALE"],
    },
    delete: {
      id: "deleteMe",
      summary: "Delete one's own account",
      description:
        "Asks for a session that was confirmed within 15 minutes. An administrator can restore the account for 30 days.",
      answers: { 204: { description: "Deleted, with its sessions and tokens" } },
      codes: ["FORBIDDEN", "CONFIRMATION_REQUIRED", "LAST_ADMIN"],
    },
  }),
  "/v1/auth/me/export": native("Account", {
    get: {
      id: "exportMe",
      summary: "Export what is kept of oneself",
      description:
        "The profile, sessions, tokens, second factor and activity of the caller, without anything that opens an account.",
      answers: {
        200: {
          description: "The file, sent as it is read",
          schema: OwnData,
          headers: ["Content-Disposition"],
        },
      },
      codes: ["FORBIDDEN"],
    },
  }),
  "/v1/auth/me/activity": native("Account", {
    get: {
      id: "listOwnEvents",
      summary: "Read one's own activity",
      description:
        "What the caller did, and what was done to the account. Newest first. What somebody else did comes without address, request and reason.",
      query: OwnEventQuery,
      answers: {
        200: { description: "One page", schema: pageOf(EventView), headers: ["Link"] },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
  }),
  "/v1/auth/confirm": native("Account", {
    post: {
      id: "confirmSession",
      summary: "Confirm one's session by the password",
      description:
        "Good for 15 minutes. Signing in confirms as well; an API token has no session and cannot.",
      body: z.object({ password: Password }),
      example: { password: "an old passphrase" },
      answers: { 204: { description: "Confirmed" } },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "RATE_LIMITED", "OVERLOADED"],
      codesAt: { 401: ["WRONG_PASSWORD"] },
    },
  }),
  "/v1/auth/password": native("Account", {
    put: {
      id: "changePassword",
      summary: "Change one's own password",
      body: z.object({ current: Password, next: Password }),
      example: { current: "an old passphrase", next: "a better passphrase" },
      answers: { 204: { description: "Changed; every session has ended, this one too" } },
      codes: ["VALIDATION_FAILED", "WRONG_PASSWORD", "FORBIDDEN", "RATE_LIMITED", "OVERLOADED"],
    },
  }),
  "/v1/auth/password/forgotten": describePath(
    { tag: "Account", errors: "Problem", signedIn: false, database: true },
    {
      post: {
        id: "forgottenPassword",
        summary: "Have a link to a new password mailed to oneself",
        description:
          "The same answer, after the same time, for every address. Three an hour are sent to one address.",
        body: z.object({ email: z.string() }),
        example: { email: "ana@example.com" },
        answers: { 202: { description: "If there is such an account, its owner gets a mail" } },
        codes: ["VALIDATION_FAILED", "RATE_LIMITED", "MAIL_OFF"],
      },
    },
  ),
  "/v1/auth/forward": describePath(
    { tag: "Account", errors: "Problem", signedIn: false, database: true },
    {
      get: {
        id: "forwardAuth",
        summary: "Tell a reverse proxy who is signed in",
        description: "For nginx `auth_request`, Caddy `forward_auth` and Traefik `ForwardAuth`.",
        security: [{ bearer: [] }, { session: [] }],
        query: ForwardQuery,
        answers: {
          200: {
            description: "Somebody is, with one of the roles that were asked for",
            headers: ["X-Auth-User", "X-Auth-Email", "X-Auth-Role"],
          },
          302: {
            description: "To the sign-in page, or to where a second factor is set up",
            headers: ["Location"],
          },
        },
        codes: [
          "VALIDATION_FAILED",
          "UNAUTHENTICATED",
          "FORBIDDEN",
          "SECOND_FACTOR_SETUP_REQUIRED",
        ],
      },
    },
  ),
  "/v1/sessions": native("Sessions", {
    get: {
      id: "listOwnSessions",
      summary: "List one's own sessions",
      description: "Or with `userId` those of a user one may change.",
      query: SessionPageQuery.extend({ userId: z.string().optional() }),
      answers: {
        200: { description: "One page", schema: pageOf(SessionView), headers: ["Link"] },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "NOT_FOUND"],
    },
  }),
  "/v1/sessions/{id}": native("Sessions", {
    delete: {
      id: "endSession",
      summary: "End one session",
      path: idOf("session"),
      answers: { 204: { description: "It has ended" } },
      codes: ["FORBIDDEN", "NOT_FOUND"],
    },
  }),
};
