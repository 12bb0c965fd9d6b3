import type { IncomingMessage } from "node:http";
import { isCrossSite } from "@/lib/platform/same-origin";

/** Why a request goes no further, before any framework has seen it. */
export type Refusal = { status: number; message: string; headers?: Record<string, string> };

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** Forms and server actions of the pages are small: a few fields. */
const FORM_MAX_BYTES = 64 * 1024;
/** What a browser sends for a form, and what Next's client sends for an action without files. */
const FORM_TYPE =
  /^(multipart\/form-data\s*;\s*boundary=[^\s;]+|application\/x-www-form-urlencoded|text\/plain)\s*(;.*)?$/i;
const HOST = /^([a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

/** Routes that answer in JSON bring their own checks and their own error shapes; everything else is a page. */
export function isJsonRoute(path: string): boolean {
  return /^\/(api|v1|auth|health)(\/|$)/.test(path);
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function methodNotAllowed(allowed: string[]): Refusal {
  const Allow = allowed.join(", ");
  return { status: 405, message: `Only ${Allow} is allowed here.`, headers: { Allow } };
}

/**
 * The cheap refusals that every request passes: a target and a Host that mean something, a known method, and
 * for the pages, whose framework would answer some of these with a 500, a form of ours of a bounded size from
 * a page of ours.
 *
 * @param bounded whether the body is known to be ours and needs no length
 */
export function admitRequest(request: IncomingMessage, path: string): Refusal | null {
  const { method = "", headers } = request;
  if (!METHODS.includes(method)) return methodNotAllowed(METHODS);
  if (!path.startsWith("/")) return { status: 400, message: "The request target must be a path." };
  if (!isDecodable(path)) return { status: 400, message: "The path is not UTF-8." };
  if (!HOST.test(headers.host ?? "")) return { status: 400, message: "The Host is malformed." };
  if (isJsonRoute(path)) return null;

  const allowed = path.startsWith("/_next/") ? ["GET", "HEAD"] : ["GET", "HEAD", "POST"];
  if (!allowed.includes(method)) return methodNotAllowed(allowed);
  return method === "POST" ? admitForm(request) : null;
}

function admitForm({ headers }: IncomingMessage): Refusal | null {
  const length = headers["content-length"];
  if (length === undefined) return { status: 411, message: "Send a Content-Length." };
  if (Number(length) > FORM_MAX_BYTES) {
    return { status: 413, message: "The form may have at most 64 KiB." };
  }
  if (!FORM_TYPE.test(headers["content-type"] ?? "")) {
    return { status: 415, message: "Send a form." };
  }
  const header = (name: string) => {
    const value = headers[name];
    return typeof value === "string" ? value : null;
  };
  return isCrossSite(header)
    ? { status: 403, message: "Requests from another site are refused." }
    : null;
}
