import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { AuthenticatedUser } from "@/lib/bootstrap/doors/authenticated-user";
import { signInForm } from "@/lib/sessions/sign-in-endpoint";
import { type Answer, describePath, type Family, type Operation } from "../describe-path";
import { createUserPublished } from "./initialize";

/** The published routes around signing in: `{ message, code }` when something is wrong. */
const OPEN: Family = { tag: "Sign in", errors: "Error", signedIn: false, database: true };

const Tokens = z
  .object({
    accessToken: z.string(),
    access_token: z.string().meta({ description: "The same as `accessToken`." }),
    token_type: z.literal("Bearer"),
    expires_in: z.int().positive().meta({ description: "Seconds." }),
    user: z.object({
      id: z.guid(),
      email: z.string(),
      name: z.string().nullable(),
      role: z.enum(["ADMIN", "USER"]),
    }),
  })
  .meta({ id: "Tokens" });

const tokens: Answer = {
  description: "An access token for 15 minutes; the cookie gets the next one",
  schema: Tokens,
  headers: ["Set-Cookie"],
};

const signIn = (id: string, summary: string, answer: Answer): Operation => ({
  id,
  summary,
  body: signInForm,
  example: { email: "ana@example.com", password: "a fine passphrase" },
  answers: { 200: answer },
  codes: [
    "VALIDATION_FAILED",
    "INVALID_CREDENTIALS",
    "SECOND_FACTOR_REQUIRED",
    "INVALID_SECOND_FACTOR",
    "SECOND_FACTOR_UNCHECKABLE",
    "RATE_LIMITED",
    "OVERLOADED",
  ],
});

export const signInPaths: ZodOpenApiPathsObject = {
  "/api/auth/login": describePath(OPEN, { post: signIn("login", "Sign in", tokens) }),
  "/api/auth/refresh": describePath(OPEN, {
    post: {
      id: "refresh",
      summary: "Get the next access token",
      description:
        "Exchanges the refresh token in the cookie. One that was exchanged before ends the session.",
      security: [{ refreshToken: [] }],
      answers: { 200: tokens },
      published: {
        "401": {
          description: "`INVALID_REFRESH_TOKEN`: sign in again; the cookie is removed.",
          headers: { "Set-Cookie": { $ref: "#/components/headers/Set-Cookie" } },
          content: {
            "application/json": {
              schema: z.object({
                message: z.string(),
                code: z.literal("INVALID_REFRESH_TOKEN"),
              }),
            },
          },
        },
      },
    },
  }),
  "/api/auth/logout": describePath(OPEN, {
    post: {
      id: "logout",
      summary: "End the session",
      description: "Whatever the request carries: refresh token, access token or session cookie.",
      security: [{ refreshToken: [] }, { bearer: [] }, { session: [] }, {}],
      answers: {
        204: { description: "It has ended, or there was none", headers: ["Set-Cookie"] },
      },
    },
  }),
  "/v1/auth/login": describePath(OPEN, {
    post: signIn("loginV1", "Sign in (as the setup contract answers)", {
      description: "The user, the role and an access token for 15 minutes",
      schema: AuthenticatedUser,
    }),
  }),
  ...createUserPublished,
};
