import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { BulkInput } from "@/lib/bulk/bulk-request";
import { BulkPreview } from "@/lib/bulk/preview-change";
import { IMPORT_FIELDS } from "@/lib/import/limits";
import { HEAD_BYTES } from "@/lib/import/read-users-csv";
import { JobItemView } from "@/lib/jobs/job-item-view";
import { JobView } from "@/lib/jobs/job-view";
import { JobItemQuery } from "@/lib/jobs/list-job-items";
import { JobQuery } from "@/lib/jobs/list-jobs";
import { UserFilter } from "@/lib/users/list/user-filter";
import { csv, idOf, pageOf } from "../describe-path";
import { native } from "./native";

const ImportSample = z.object({
  header: z.boolean().meta({ description: "False when the first row has a person already." }),
  encoding: z.enum(["utf-8", "utf-16", "windows-1252"]),
  columns: z.array(
    z.object({
      title: z.string(),
      field: z.enum(IMPORT_FIELDS),
      secret: z.boolean().meta({ description: "About passwords: never stored, never shown." }),
      samples: z.array(z.string()),
    }),
  ),
});

export const jobs: ZodOpenApiPathsObject = {
  "/v1/users/bulk": native("Jobs", {
    post: {
      id: "changeUsersInBulk",
      summary: "Change many users at once",
      description:
        "Some by `ids`, or everybody a `filter` means; a body of up to 64 KiB. With `dryRun` it only says what would happen.",
      body: BulkInput,
      example: { action: "disable", reason: "Season is over", filter: { activity: "inactive" } },
      idempotent: true,
      answers: {
        200: {
          description: "What would happen (`dryRun`)",
          schema: BulkPreview,
          headers: ["Idempotent-Replayed"],
        },
        202: {
          description: "A job that does it",
          schema: JobView,
          headers: ["Location", "Idempotent-Replayed"],
        },
      },
      codes: [
        "VALIDATION_FAILED",
        "ROLE_UNKNOWN",
        "TOO_MANY_USERS",
        "FORBIDDEN",
        "CONFIRMATION_REQUIRED",
        "SELECTION_CHANGED",
      ],
    },
  }),
  "/v1/users/export": native("Jobs", {
    get: {
      id: "exportUsers",
      summary: "Export users as CSV",
      description: "Everybody the filter means, safe to open in a spreadsheet.",
      query: UserFilter,
      answers: { 200: csv("The file, sent as it is read") },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
  }),
  "/v1/users/import": native("Jobs", {
    post: {
      id: "draftImport",
      summary: "Send a CSV file of users to import",
      description:
        "A dry run: every row is judged and nobody is created until the job is started. The columns are recognised by their titles (email, name, first and last name, role, status), in the words of other systems too; `mapping` says otherwise. UTF-8; UTF-16 and Windows-1252 are converted where it is plain that they are.",
      query: z.object({
        name: z
          .string()
          .optional()
          .meta({ description: "The name of the file, to find it again." }),
        mapping: z
          .string()
          .optional()
          .meta({
            description: `What each column is, from left to right, separated by commas: ${IMPORT_FIELDS.join(", ")}, or nothing to ignore it. One has to be email; without a header, the first row is read too.`,
            example: "email,,firstName,lastName",
          }),
      }),
      bodyType: "text/csv",
      body: z.string(),
      answers: {
        201: {
          description: "A job that waits to be started",
          schema: JobView,
          headers: ["Location"],
        },
      },
      codes: ["BAD_FILE", "UPLOAD_BROKEN", "VALIDATION_FAILED", "FORBIDDEN"],
    },
  }),
  "/v1/users/import/columns": native("Jobs", {
    post: {
      id: "sampleImport",
      summary: "See what the columns of a CSV file of users are",
      description: `Keeps nothing. Send the file or its beginning: its first ${HEAD_BYTES / 1024} KiB are looked at. What is not right goes into the \`mapping\` of the import.`,
      bodyType: "text/csv",
      body: z.string(),
      answers: { 200: { description: "The columns, from left to right", schema: ImportSample } },
      codes: ["BAD_FILE", "UPLOAD_BROKEN", "FORBIDDEN"],
    },
  }),
  "/v1/jobs": native("Jobs", {
    get: {
      id: "listJobs",
      summary: "List jobs",
      query: JobQuery,
      answers: { 200: { description: "One page", schema: pageOf(JobView), headers: ["Link"] } },
      codes: ["VALIDATION_FAILED", "FORBIDDEN"],
    },
  }),
  "/v1/jobs/{id}": native("Jobs", {
    get: {
      id: "getJob",
      summary: "Read how far a job is",
      path: idOf("job"),
      answers: { 200: { description: "The job", schema: JobView } },
      codes: ["FORBIDDEN", "NOT_FOUND"],
    },
  }),
  "/v1/jobs/{id}/start": native("Jobs", {
    post: {
      id: "startImport",
      summary: "Import what was judged",
      path: idOf("job"),
      answers: { 202: { description: "It runs", schema: JobView, headers: ["Location"] } },
      codes: ["FORBIDDEN", "CONFIRMATION_REQUIRED", "NOT_FOUND", "JOB_OVER"],
    },
  }),
  "/v1/jobs/{id}/cancel": native("Jobs", {
    post: {
      id: "cancelJob",
      summary: "Stop a job",
      description: "After what it is just doing. What is done stays done.",
      path: idOf("job"),
      answers: { 200: { description: "The job", schema: JobView } },
      codes: ["FORBIDDEN", "NOT_FOUND"],
    },
  }),
  "/v1/jobs/{id}/items": native("Jobs", {
    get: {
      id: "listJobItems",
      summary: "List what became of each row of a job",
      path: idOf("job"),
      query: JobItemQuery,
      answers: { 200: { description: "One page", schema: pageOf(JobItemView), headers: ["Link"] } },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "NOT_FOUND"],
    },
  }),
  "/v1/jobs/{id}/items.csv": native("Jobs", {
    get: {
      id: "downloadJobItems",
      summary: "The rows of a job as CSV",
      path: idOf("job"),
      query: JobItemQuery.pick({ outcome: true }),
      answers: { 200: csv("The file, with the reason of each row in words") },
      codes: ["VALIDATION_FAILED", "FORBIDDEN", "NOT_FOUND"],
    },
  }),
};
