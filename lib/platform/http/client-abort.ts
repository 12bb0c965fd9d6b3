import { getRequestContext } from "../request-context";

const CODES = new Set([
  "ECONNRESET",
  "EPIPE",
  "ECONNABORTED",
  "ERR_STREAM_PREMATURE_CLOSE",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_WRITE_AFTER_END",
  "ABORT_ERR",
]);
const NAMES = new Set(["AbortError", "ResponseAborted"]);

/** Whether what broke is only that the client has left: closed tabs and impatient scripts are no fault of anybody. */
function isClientAbort(error: unknown): boolean {
  if (getRequestContext()?.clientGone?.() === false) return false; // then it was another connection that broke
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; depth++) {
    const { code } = cause as NodeJS.ErrnoException;
    if (cause.name && NAMES.has(cause.name)) return true;
    if (cause.message === "aborted" || (typeof code === "string" && CODES.has(code))) return true;
    cause = cause.cause;
  }
  return false;
}

/** How loud a failure is logged. */
export function failureLevel(error: unknown): "debug" | "error" {
  return isClientAbort(error) ? "debug" : "error";
}
