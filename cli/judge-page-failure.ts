import { DatabaseUnavailable, isDataException } from "@/lib/platform/db";
import { failureLevel } from "@/lib/platform/http/client-abort";
import { log } from "@/lib/platform/log";
import { getRequestContext } from "@/lib/platform/request-context";

/** Frames of Node itself and of the framework, as installed and as bundled. */
const NOT_OURS =
  /node:|<anonymous>|\(index \d+\)|[/\\]node_modules[/\\]next[/\\]|[/\\]node_modules_next_/;

/** What the framework says of a header that its own client would never send; bundled, its stack tells nothing. */
const OF_A_HEADER = /^(The|Multiple) router state headers? /;

const judged = new WeakSet<Error>();

/** Whether this has been told of here, or was decided to be nothing to tell of; the framework prints it all the same. */
export function isJudged(error: Error): boolean {
  return judged.has(error) || "digest" in error; // the framework's mark on what broke off while it rendered
}

/**
 * An error of a POST in whose stack nothing of ours appears was thrown while the framework read what was sent:
 * a truncated form, arguments that are no arguments. Next answers those with 500; the HTTP server makes it 400.
 * So is a value that the database cannot read. Everything else is a bug; both are logged, but for faults of the
 * database, which were logged where they arose.
 */
export function judgePageFailure(error: unknown, { method }: { method: string }): void {
  if (error instanceof Error) judged.add(error);
  const request = getRequestContext();
  if (request?.malformed) return; // an action has said so itself
  const frames = (error instanceof Error && error.stack?.match(/^ +at .+$/gm)) || [];
  const readingFailed = frames.length > 0 && frames.every((frame) => NOT_OURS.test(frame));
  const headerFailed = error instanceof Error && OF_A_HEADER.test(error.message);
  if (request && (headerFailed || (method === "POST" && readingFailed))) request.malformed = true;
  else if (!(error instanceof DatabaseUnavailable)) {
    log()[failureLevel(error)]({ err: error, requestId: request?.id }, "page failed");
    if (request && isDataException(error)) request.malformed = true;
  }
}
