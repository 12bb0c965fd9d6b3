import type { JobView } from "@/lib/jobs/job-view";
import type { BadFile } from "@/lib/users/read-users-csv";

/** The server's own bound (lib/users/read-users-csv.ts); known here so that nobody waits to hear it. */
export const FILE_MAX_BYTES = 10 * 1024 * 1024;

export type SendOutcome =
  | { kind: "drafted"; job: JobView }
  | ({ kind: "badFile" } & BadFile)
  | { kind: "tooLarge" | "broken" | "signedOut" | "forbidden" | "unavailable" | "failed" }
  | { kind: "aborted" };

/**
 * Sends a file to be checked. By XMLHttpRequest, since fetch does not tell how much has been sent.
 *
 * @param onProgress with 0 to 1; 1 means that the server has it all and is checking
 */
export function sendFile(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<SendOutcome> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/v1/users/import?${new URLSearchParams({ name: file.name })}`);
    request.setRequestHeader("Content-Type", "text/csv");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1);
    request.upload.onload = () => onProgress(1);
    request.onload = () => resolve(outcomeOf(request.status, request.responseText));
    request.onerror = () => resolve({ kind: "broken" });
    request.onabort = () => resolve({ kind: "aborted" });
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function outcomeOf(status: number, text: string): SendOutcome {
  switch (status) {
    case 201:
      return { kind: "drafted", job: JSON.parse(text) };
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
