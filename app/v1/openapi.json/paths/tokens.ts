import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { TokenQuery } from "@/lib/tokens/list-tokens";
import { CreateToken } from "@/lib/tokens/schema";
import { TokenView } from "@/lib/tokens/token-view";
import { KEPT } from "@/product";
import { pageOf } from "../describe-path";
import { native } from "./native";

export const tokens: ZodOpenApiPathsObject = {
  "/v1/tokens": native("Tokens", {
    get: {
      id: "listTokens",
      summary: "List API tokens",
      description: "One's own, or with `userId` those of a user one may change.",
      query: TokenQuery,
      answers: { 200: { description: "One page", schema: pageOf(TokenView), headers: ["Link"] } },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "NOT_FOUND"],
    },
    post: {
      id: "createToken",
      summary: "Make an API token for oneself",
      body: CreateToken,
      example: { name: "Nightly report", abilities: ["users:read"] },
      idempotent: true,
      answers: {
        201: {
          description: "The token; its text is told this once",
          schema: TokenView.extend({
            token: z.string().meta({
              description: `\`${KEPT.apiTokenPrefix}_<id>_<secret>\`, for \`Authorization: Bearer\`.`,
            }),
          }),
          headers: ["Location", "Idempotent-Replayed"],
        },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "CONFIRMATION_REQUIRED", "TOO_MANY_TOKENS"],
    },
  }),
  "/v1/tokens/{id}": native("Tokens", {
    delete: {
      id: "revokeToken",
      summary: "Revoke an API token",
      path: z.object({ id: z.string().meta({ description: "The number of the token." }) }),
      answers: { 204: { description: "It opens nothing any more" } },
      codes: ["FORBIDDEN", "NOT_FOUND"],
    },
  }),
};
