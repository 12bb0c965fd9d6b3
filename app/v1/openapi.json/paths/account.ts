import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { SessionPageQuery, SessionView } from "@/lib/sessions/list-sessions";
import { ForwardQuery } from "@/lib/sessions/schema";
import { Password } from "@/lib/users/schema";
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
  }),
  "/v1/auth/password": native("Account", {
    put: {
      id: "changePassword",
      summary: "Change one's own password",
      body: z.object({ current: Password, next: Password }),
      example: { current: "an old passphrase", next: "a better passphrase" },
      answers: { 204: { description: "Changed; every session has ended, this one too" } },
      codes: {
        400: ["VALIDATION_FAILED"],
        403: ["WRONG_PASSWORD", "FORBIDDEN"],
        429: ["RATE_LIMITED"],
        503: ["OVERLOADED"],
      },
    },
  }),
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
        codes: {
          400: ["VALIDATION_FAILED"],
          401: ["UNAUTHENTICATED"],
          403: ["FORBIDDEN", "SECOND_FACTOR_SETUP_REQUIRED"],
        },
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
      codes: { 400: ["VALIDATION_FAILED"], 403: ["FORBIDDEN"], 404: ["NOT_FOUND"] },
    },
  }),
  "/v1/sessions/{id}": native("Sessions", {
    delete: {
      id: "endSession",
      summary: "End one session",
      path: idOf("session"),
      answers: { 204: { description: "It has ended" } },
      codes: { 403: ["FORBIDDEN"], 404: ["NOT_FOUND"] },
    },
  }),
};
