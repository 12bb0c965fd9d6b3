import type { IncomingMessage } from "node:http";
import type { Code } from "@/lib/codes/codes";
import type { ApiFamily } from "@/lib/platform/http/api-family";
import { crossSiteWords, isCrossSite, isMisaddressed } from "@/lib/platform/http/same-origin";
import {
  addressWords,
  losesSession,
  type VisitedAddress,
} from "@/lib/platform/http/visited-address";
import { headerReader } from "./header-reader";

/** Why a request goes no further, before any framework has seen it. */
export type Refusal = {
  code: Code;
  /** What it says, unless what the code says. */
  message?: string;
  headers?: Record<string, string>;
  /** The address is to blame, and a person who sent a form is better told by a page. */
  address?: true;
};

/** Forms and server actions of the pages are small: a few fields. */
const FORM_MAX_BYTES = 64 * 1024;
/** What a browser sends for a form, and what Next's client sends for an action without files. */
const FORM_TYPE =
  /^(multipart\/form-data\s*;\s*boundary=[^\s;]+|application\/x-www-form-urlencoded|text\/plain)\s*(;.*)?$/i;
const HOST = /^([a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

function methodNotAllowed(allowed: string[]): Refusal {
  const Allow = allowed.join(", ");
  return {
    code: "METHOD_NOT_ALLOWED",
    message: `Only ${Allow} is allowed here.`,
    headers: { Allow },
  };
}

/**
 * The cheap refusals that every request passes whose path is one: a Host that means something, and for the pages,
 * whose framework would answer some of these with a 500, a method they know, and a form of ours of a bounded size
 * from a page of ours. The routes of an API know their methods, and bring their own checks.
 */
export function admitRequest(
  request: IncomingMessage,
  { path, family }: { path: string; family: ApiFamily | null },
  visited: VisitedAddress,
): Refusal | null {
  const { method = "", headersDistinct, httpVersion } = request;
  // One, or two readers might take two (RFC 9112, 3.2).
  const [host = "", another] = headersDistinct["host"] ?? [];
  // HTTP/1.0 needs none, and balancers ask after health in it: HAProxy, unless it is told better.
  if (family === "health" && httpVersion === "1.0" && !("host" in headersDistinct)) return null;
  if (!HOST.test(host) || another !== undefined) return { code: "BAD_HOST" };
  if (family !== null) return null;

  const allowed = path.startsWith("/_next/") ? ["GET", "HEAD"] : ["GET", "HEAD", "POST"];
  if (!allowed.includes(method)) return methodNotAllowed(allowed);
  return method === "POST" ? admitForm(request, visited) : null;
}

function admitForm({ headers }: IncomingMessage, visited: VisitedAddress): Refusal | null {
  const length = headers["content-length"];
  if (length === undefined) return { code: "LENGTH_REQUIRED" };
  if (Number(length) > FORM_MAX_BYTES) {
    return { code: "BODY_TOO_LARGE", message: "The form may have at most 64 KiB." };
  }
  if (!FORM_TYPE.test(headers["content-type"] ?? "")) {
    return { code: "UNSUPPORTED_MEDIA_TYPE", message: "Send a form." };
  }
  const header = headerReader(headers);
  if (isCrossSite(header)) {
    const message = crossSiteWords(header);
    return {
      code: "CROSS_SITE",
      message,
      ...(isMisaddressed(header) && { address: true }),
    };
  }
  // Whatever the form asks for, its answer would be lost with the cookie.
  if (losesSession(visited)) {
    return { code: "CROSS_SITE", message: addressWords(visited), address: true };
  }
  return null;
}
