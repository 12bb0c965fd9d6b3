import { CONFIRMATION_REQUIRED } from "@/lib/access/recently-confirmed";
import type { BadFile } from "@/lib/import/read-users-csv";
import { IMPORT_MAX_BYTES, IMPORT_MAX_ROWS } from "@/lib/import/read-users-csv";
import { IMPORT_MAX_COLUMNS } from "@/lib/import/schema";
import type { DraftImportOutcome } from "@/lib/jobs/draft-import";
import type { JobView } from "@/lib/jobs/job-view";
import type { SampleImportOutcome } from "@/lib/jobs/sample-import";
import type { StartBulkOutcome } from "@/lib/jobs/start-bulk";
import type { Reply } from "@/lib/platform/http/endpoint";
import { problem, problemWith } from "@/lib/platform/http/problem";

/** A job in the native API; where it was just made, with its address. */
export function jobReply(status: 200 | 201 | 202, job: JobView): Reply {
  const headers = status === 200 ? {} : { Location: `/v1/jobs/${job.id}` };
  return { status, body: job, headers };
}

export type JobRefusal =
  | { kind: "forbidden" }
  | { kind: "unconfirmed" }
  | { kind: "notFound" }
  | { kind: "over" }
  | { kind: "invalid"; field: string };

export function jobRefused(refusal: JobRefusal): Reply {
  switch (refusal.kind) {
    case "forbidden":
      return problem(403, "FORBIDDEN", "Your role does not allow this.");
    case "unconfirmed":
      return problem(...CONFIRMATION_REQUIRED);
    case "notFound":
      return problem(404, "NOT_FOUND", "There is no such job.");
    case "over":
      return problem(409, "JOB_OVER", "This job was cancelled. Send the file again.");
    case "invalid":
      return problem(400, "VALIDATION_FAILED", `The parameter ${refusal.field} is not valid.`);
  }
}

export function bulkRefused(
  refusal: Exclude<StartBulkOutcome, { kind: "started" | "previewed" }>,
): Reply {
  switch (refusal.kind) {
    case "roleUnknown":
      return problem(400, "ROLE_UNKNOWN", "There is no such role.");
    case "tooMany":
      return problem(400, "TOO_MANY_USERS", `A bulk action takes at most ${refusal.max} users.`);
    case "selectionChanged": {
      const detail = "The selection has changed since it was previewed. Nothing was started.";
      return problemWith(409, "SELECTION_CHANGED", detail, { preview: refusal.preview });
    }
    default:
      return jobRefused(refusal);
  }
}

export function importRefused(
  refusal: Exclude<DraftImportOutcome | SampleImportOutcome, { kind: "drafted" | "sampled" }>,
): Reply {
  // What is still on its way is not going to be read.
  const close = (reply: Reply) => ({
    ...reply,
    headers: { ...reply.headers, Connection: "close" },
  });
  switch (refusal.kind) {
    case "forbidden":
      return close(jobRefused(refusal));
    case "tooLarge": {
      const most = `The file may have at most ${IMPORT_MAX_BYTES / 1024 / 1024} MiB.`;
      return close(problem(413, "BODY_TOO_LARGE", most));
    }
    case "broken":
      return close(problem(400, "UPLOAD_BROKEN", "The file did not come in whole."));
    case "badFile": {
      const members = {
        problem: refusal.problem,
        ...("line" in refusal && { line: refusal.line }),
        ...("column" in refusal && { column: refusal.column }),
      };
      return close(problemWith(400, "BAD_FILE", describeBadFile(refusal), members));
    }
  }
}

function describeBadFile(file: BadFile): string {
  switch (file.problem) {
    case "empty":
      return "The file is empty.";
    case "noRows":
      return "The file has a header and no rows.";
    case "noEmailColumn":
      return "No column is titled as one with e-mail addresses. Say what each column is: mapping=email,name,… from left to right.";
    case "tooManyColumns":
      return `The file may have at most ${IMPORT_MAX_COLUMNS} columns.`;
    case "otherColumns":
      return "The file has fewer columns than the mapping has.";
    case "columnTwice":
      return `The header has the column ${file.column} twice.`;
    case "tooManyRows":
      return `The file may have at most ${IMPORT_MAX_ROWS} rows.`;
    case "encoding":
      return `Line ${file.line} is not UTF-8, and it is not plain what else. Save the file as "CSV UTF-8".`;
    case "quoteOpen":
      return `A quote that opens on line ${file.line} is never closed.`;
    case "rowTooLong":
      return `The row that begins on line ${file.line} is longer than 16 KiB; is a quote left open?`;
  }
}
