import type { BadFile } from "@/lib/import/read-users-csv";
import { IMPORT_MAX_BYTES, IMPORT_MAX_ROWS } from "@/lib/import/read-users-csv";
import { IMPORT_MAX_COLUMNS } from "@/lib/import/schema";
import type { DraftImportOutcome } from "@/lib/jobs/draft-import";
import type { JobView } from "@/lib/jobs/job-view";
import type { SampleImportOutcome } from "@/lib/jobs/sample-import";
import type { StartBulkOutcome } from "@/lib/jobs/start-bulk";
import type { Reply } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { unread } from "@/lib/platform/http/read-json";
import { type PlainRefusal, refused } from "./refused";

/** A job in the native API; where it was just made, with its address. */
export function jobReply(status: 200 | 201 | 202, job: JobView): Reply {
  const headers = status === 200 ? {} : { Location: `/v1/jobs/${job.id}` };
  return { status, body: job, headers };
}

type JobRefusal = PlainRefusal | { kind: "invalid"; field: string };

export function jobRefused(refusal: JobRefusal): Reply {
  if (refusal.kind !== "invalid") return refused("job", refusal);
  return problem("VALIDATION_FAILED", `The parameter ${refusal.field} is not valid.`);
}

export function bulkRefused(
  refusal: Exclude<StartBulkOutcome, { kind: "started" | "previewed" }>,
): Reply {
  switch (refusal.kind) {
    case "tooMany":
      return problem("TOO_MANY_USERS", `A bulk action takes at most ${refusal.max} users.`);
    case "selectionChanged":
      return problem("SELECTION_CHANGED", undefined, { preview: refusal.preview });
    default:
      return jobRefused(refusal);
  }
}

export function importRefused(
  refusal: Exclude<DraftImportOutcome | SampleImportOutcome, { kind: "drafted" | "sampled" }>,
): Reply {
  switch (refusal.kind) {
    case "tooLarge": {
      const most = `The file may have at most ${IMPORT_MAX_BYTES / 1024 / 1024} MiB.`;
      return unread(problem("BODY_TOO_LARGE", most));
    }
    case "badFile": {
      const members = {
        problem: refusal.problem,
        ...("line" in refusal && { line: refusal.line }),
        ...("column" in refusal && { column: refusal.column }),
      };
      return unread(problem("BAD_FILE", describeBadFile(refusal), members));
    }
    default:
      return unread(jobRefused(refusal));
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
