import { DatabaseUnavailable } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { getRequestContext } from "@/lib/platform/request-context";

/** Frames of Node itself and of the framework, as installed and as bundled. */
const NOT_OURS =
  /node:|<anonymous>|\(index \d+\)|[/\\]node_modules[/\\]next[/\\]|[/\\]node_modules_next_/;

/**
 * An error of a POST in whose stack nothing of ours appears was thrown while the framework read what was sent:
 * a truncated form, arguments that are no arguments. Next answers those with 500; the HTTP server makes it 400.
 * Everything else is a bug and is logged, but for faults of the database, which were logged where they arose.
 */
export function judgePageFailure(error: unknown, { method }: { method: string }): void {
  const request = getRequestContext();
  const frames = (error instanceof Error && error.stack?.match(/^ +at .+$/gm)) || [];
  const readingFailed = frames.length > 0 && frames.every((frame) => NOT_OURS.test(frame));
  if (request && method === "POST" && readingFailed) request.malformed = true;
  else if (!(error instanceof DatabaseUnavailable)) {
    log().error({ err: error, requestId: request?.id }, "page failed");
  }
}
