import type { ZodOpenApiPathsObject } from "zod-openapi";
import { EventView } from "@/lib/audit/event-view";
import { EventQuery } from "@/lib/audit/list-events";
import { pageOf } from "../describe-path";
import { native } from "./native";

export const audit: ZodOpenApiPathsObject = {
  "/v1/audit": native("Audit", {
    get: {
      id: "listEvents",
      summary: "Read the audit trail",
      description: "Newest first. Each event is chained to the one before.",
      query: EventQuery,
      answers: {
        200: { description: "One page", schema: pageOf(EventView), headers: ["Link"] },
      },
      codes: { 400: ["VALIDATION_FAILED"], 403: ["FORBIDDEN"] },
    },
  }),
};
