import type { Reply } from "./endpoint";
import { problem } from "./problem";
import { unread } from "./read-json";

/** Whether a Content-Type is CSV in UTF-8, whatever else it says (RFC 7111). */
function isCsv(contentType: string): boolean {
  const [type = "", ...parameters] = contentType.toLowerCase().split(";");
  const charset = parameters.map((one) => one.trim()).find((one) => /^charset\s*=/.test(one));
  const utf8 = charset === undefined || /^charset\s*=\s*("?)utf-?8\1$/.test(charset);
  return type.trim() === "text/csv" && utf8;
}

/** The refusal of a body that is not sent as CSV, null for one that is. */
export function unlessCsv(request: Request): Reply | null {
  if (isCsv(request.headers.get("content-type") ?? "")) return null;
  return unread(problem("UNSUPPORTED_MEDIA_TYPE", "Send text/csv in UTF-8."));
}
