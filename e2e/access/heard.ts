import type { Answer } from "./matrix";

/** What somebody heard who asked an installation at this address: a status, or where a redirect leads. */
export function heard(
  { status, headers }: { status: number; headers: Headers },
  base: string,
): Answer {
  const location = headers.get("location");
  return location && status >= 300 && status < 400
    ? decodeURIComponent(location.replace(base, ""))
    : status;
}
