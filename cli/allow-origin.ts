import type { IncomingMessage, ServerResponse } from "node:http";
import { settings } from "@/lib/settings/settings";

/** The API whose calls a page elsewhere may make. */
const OPEN = "/v1/";
/** What no page elsewhere gets at, whatever is set: the claim, and what only a proxy asks. */
const SHUT = ["/v1/auth/setup", "/v1/auth/forward"];

const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
const SENT = "Authorization, Content-Type, If-Match, Idempotency-Key, Accept-Language";
const READ = "ETag, Retry-After, X-Request-Id, Location, Content-Disposition, WWW-Authenticate";
/** How long a browser need not ask again; what it then sends is judged all the same. */
const MAX_AGE_SECONDS = 600;

const BEARER = /^bearer /i;

/**
 * Lets the pages of the origins that the settings name call the API (Fetch, 3.2, "HTTP CORS protocol"), and says so in the
 * answer's headers. Never by a cookie: what a browser adds by itself proves nothing of who has written the page, so a
 * call that brings cookies and no token gets what it gets without all this (docs/decisions/0062).
 *
 * @returns null when nothing is allowed
 */
export function allowOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): "preflight" | "call" | null {
  if (!path.startsWith(OPEN) || SHUT.includes(path)) return null;
  const { allowedOrigins } = settings();
  if (allowedOrigins.length === 0) return null;
  response.appendHeader("Vary", "Origin"); // also where it was not allowed, or a cache would mix them up
  const { origin, authorization = "", cookie } = request.headers;
  if (origin === undefined || !allowedOrigins.includes(origin)) return null;
  const asks = request.headers["access-control-request-method"] !== undefined;
  const preflight = request.method === "OPTIONS" && asks;
  if (!preflight && cookie !== undefined && !BEARER.test(authorization)) return null;
  response.setHeader("Access-Control-Allow-Origin", origin);
  if (!preflight) {
    response.setHeader("Access-Control-Expose-Headers", READ);
    return "call";
  }
  response.setHeader("Access-Control-Allow-Methods", METHODS);
  response.setHeader("Access-Control-Allow-Headers", SENT);
  response.setHeader("Access-Control-Max-Age", String(MAX_AGE_SECONDS));
  return "preflight";
}
