import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { CountQuery, EventDay } from "@/lib/audit/count-events";
import { EventView } from "@/lib/audit/event-view";
import { ExportQuery } from "@/lib/audit/export-events";
import { EventQuery } from "@/lib/audit/list-events";
import { listOf, pageOf } from "../describe-path";
import { native } from "./native";

export const audit: ZodOpenApiPathsObject = {
  "/v1/audit": native("Audit", {
    get: {
      id: "listEvents",
      summary: "Read the audit trail",
      description:
        "Newest first. An event is chained to the one before within a second of its commit.",
      query: EventQuery,
      answers: {
        200: { description: "One page", schema: pageOf(EventView), headers: ["Link"] },
      },
      codes: ["VALIDATION_FAILED", "SEARCH_TOO_BROAD", "FORBIDDEN"],
    },
  }),
  "/v1/audit/days": native("Audit", {
    get: {
      id: "countEvents",
      summary: "Count the events of each day",
      description:
        "Of the last 92 days of a period at most, or of the thirty that end with it; days are those of UTC. Counted when an event is chained.",
      query: CountQuery,
      answers: {
        200: {
          description: "The days, the newest last",
          schema: listOf(EventDay),
          example: { data: [{ day: "2026-11-21", count: 12 }] },
        },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
  }),
  "/v1/audit/export": native("Audit", {
    get: {
      id: "exportEvents",
      summary: "Export the audit trail",
      description: "As CSV, safe to open in a spreadsheet, or as JSON lines.",
      query: ExportQuery,
      answers: {
        200: {
          description: "The file, sent as it is read",
          schema: z.string(),
          type: ["text/csv", "application/jsonl"],
          headers: ["Content-Disposition"],
        },
      },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
  }),
};
