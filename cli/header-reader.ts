import type { IncomingHttpHeaders } from "node:http";

/** Reads a request header by its lower-case name; null for one that was not sent, or that comes as a list. */
export function headerReader(headers: IncomingHttpHeaders): (name: string) => string | null {
  return (name) => {
    const value = headers[name];
    return typeof value === "string" ? value : null;
  };
}
