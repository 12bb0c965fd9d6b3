import { STATUS_CODES } from "node:http";
import { CODES, type Code } from "@/lib/codes/codes";
import type { ErrorShape } from "./endpoint";

/** What a receiver of the code is told where a reply has no words of its own. */
export function sentence(code: Code): string {
  return CODES[code].says ?? CODES[code].means;
}

/** The error shape of a family, of which `bodyOf` makes what stands before further members. */
export function errorShape(
  bodyOf: (status: number, code: Code, message: string) => object,
  headers: Record<string, string> = {},
): ErrorShape {
  return (code, message = sentence(code), members = {}, status: number = CODES[code].status) => ({
    status,
    body: { ...bodyOf(status, code, message), ...members },
    headers,
  });
}

/** The error shape of the native API: RFC 9457 problem details with a stable `code`; members extend it (3.2). */
export const problem = errorShape(
  (status, code, detail) => ({
    type: "about:blank",
    title: STATUS_CODES[status],
    status,
    code,
    detail,
  }),
  { "Content-Type": "application/problem+json" },
);

/** The plainer shape of the published `auth` routes: `{ message, code }`. */
export const messageAndCode = errorShape((_status, code, message) => ({ message, code }));

/** The shape of the published `auth/admin` route, NestJS style: `error` is the HTTP status text. */
export const statusAndError = errorShape((statusCode, code, message) => ({
  statusCode,
  error: STATUS_CODES[statusCode],
  message,
  code,
}));
