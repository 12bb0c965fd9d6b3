import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { Password } from "@/lib/users/schema";
import { idOf } from "../describe-path";
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
        403: ["WRONG_PASSWORD"],
        429: ["RATE_LIMITED"],
        503: ["OVERLOADED"],
      },
    },
  }),
  "/v1/sessions/{id}": native("Sessions", {
    delete: {
      id: "endSession",
      summary: "End one session",
      path: idOf("session"),
      answers: { 204: { description: "It has ended" } },
      codes: { 404: ["NOT_FOUND"] },
    },
  }),
};
