import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { describePath, type Family } from "../describe-path";

const STATE: Family = { tag: "Server", errors: "Problem", signedIn: false, database: false };

const Ok = z.object({ status: z.literal("ok") });
const Ready = z.union([
  Ok,
  z.object({ status: z.enum(["readOnly", "unsealed"]), detail: z.string() }),
]);

export const server: ZodOpenApiPathsObject = {
  "/health/live": describePath(STATE, {
    get: {
      id: "isLive",
      summary: "Whether the process answers",
      answers: { 200: { description: "It does", schema: Ok } },
    },
  }),
  "/health/ready": describePath(
    { ...STATE, database: true },
    {
      get: {
        id: "isReady",
        summary: "Whether requests can be served",
        answers: {
          200: {
            description:
              "The database answers and is migrated; `readOnly` when it takes no writes, so that reading goes on and changes answer 503; `unsealed` when events of the audit trail have waited for their seals for more than a minute",
            schema: Ready,
          },
        },
        codes: ["STOPPING"],
      },
    },
  ),
  "/v1/openapi.json": describePath(STATE, {
    get: {
      id: "getOpenApi",
      summary: "This document",
      answers: {
        200: {
          description: "OpenAPI 3.1",
          schema: z.looseObject({ openapi: z.string(), info: z.unknown(), paths: z.unknown() }),
        },
      },
    },
  }),
  "/.well-known/change-password": describePath(STATE, {
    get: {
      id: "findPasswordPage",
      summary: "Where password managers find the page that changes a password",
      answers: { 302: { description: "The page", headers: ["Location"] } },
    },
  }),
};
