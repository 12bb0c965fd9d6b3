import { STATUS_CODES } from "node:http";
import type { ErrorShape, Reply } from "./endpoint";

/** The error shape of the native API: RFC 9457 problem details with a stable `code`. */
export const problem: ErrorShape = (status, code, detail) => problemWith(status, code, detail, {});

/** A problem with extension members (RFC 9457, 3.2), such as `errors` by field. */
export function problemWith(
  status: number,
  code: string,
  detail: string,
  members: Record<string, unknown>,
): Reply {
  return {
    status,
    body: { type: "about:blank", title: STATUS_CODES[status], status, code, detail, ...members },
    headers: { "Content-Type": "application/problem+json" },
  };
}

/** The plainer shape of the published `auth` routes: `{ message, code }`. */
export const messageAndCode: ErrorShape = (status, code, message) => ({
  status,
  body: { message, code },
});

/** The shape of the published `auth/admin` route, NestJS style: `error` is the HTTP status text. */
export const statusAndError: ErrorShape = (status, code, message) => ({
  status,
  body: { statusCode: status, error: STATUS_CODES[status], message, code },
});
