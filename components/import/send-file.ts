import type { ImportField } from "@/lib/import/limits";
import type { BadFile, SampledColumn } from "@/lib/import/read-users-csv";
import type { JobView } from "@/lib/jobs/job-view";

/** The server's own bounds (lib/import/read-users-csv.ts); known here so that nobody waits to hear them. */
export const FILE_MAX_BYTES = 10 * 1024 * 1024;
const HEAD_BYTES = 64 * 1024;

/** What the server says of a file's beginning. */
export type Sampled = {
  header: boolean;
  encoding: NonNullable<JobView["options"]["encoding"]>;
  columns: SampledColumn[];
};

export type SendTrouble =
  | ({ kind: "badFile" } & BadFile)
  | { kind: "tooLarge" | "broken" | "signedOut" | "forbidden" | "unavailable" | "failed" };
type SendOutcome = { kind: "drafted"; job: JobView } | SendTrouble | { kind: "aborted" };

/** Asks what the columns of a file are; only its beginning is sent. */
export async function sampleFile(
  file: File,
  signal: AbortSignal,
): Promise<{ kind: "sampled"; sampled: Sampled } | SendTrouble | { kind: "aborted" }> {
  try {
    const response = await fetch("/v1/users/import/columns", {
      method: "POST",
      headers: { "Content-Type": "text/csv" },
      body: await file.slice(0, HEAD_BYTES).arrayBuffer(),
      signal,
    });
    const text = await response.text();
    return response.status === 200
      ? { kind: "sampled", sampled: JSON.parse(text) }
      : troubleOf(response.status, text);
  } catch {
    // It did not arrive, or cannot be read any more.
    return { kind: signal.aborted ? "aborted" : "broken" };
  }
}

/**
 * Sends a file to be checked, its columns read as `fields` says. By XMLHttpRequest, since fetch does not tell how much has been sent.
 *
 * @param onProgress with 0 to 1; 1 means that the server has it all and is checking
 */
export function sendFile(
  file: File,
  fields: readonly ImportField[],
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<SendOutcome> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ name: file.name, mapping: fields.join(",") });
    request.open("POST", `/v1/users/import?${query}`);
    request.setRequestHeader("Content-Type", "text/csv");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1);
    request.upload.onload = () => onProgress(1);
    request.onload = () =>
      resolve(
        request.status === 201
          ? { kind: "drafted", job: JSON.parse(request.responseText) }
          : troubleOf(request.status, request.responseText),
      );
    request.onerror = () => resolve({ kind: "broken" });
    request.onabort = () => resolve({ kind: "aborted" });
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function troubleOf(status: number, text: string): SendTrouble {
  switch (status) {
    case 400: {
      const problem = JSON.parse(text);
      return problem.code === "BAD_FILE" ? { ...problem, kind: "badFile" } : { kind: "broken" };
    }
    case 401:
      return { kind: "signedOut" };
    case 403:
      return { kind: "forbidden" };
    case 408:
      return { kind: "broken" };
    case 413:
      return { kind: "tooLarge" };
    case 503:
      return { kind: "unavailable" };
    default:
      return { kind: "failed" };
  }
}
