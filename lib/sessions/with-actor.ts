import { type ErrorShape, type Reply, withHeaders } from "@/lib/platform/http/endpoint";
import { refuseCrossSite } from "@/lib/platform/http/read-json";
import { findActorByBearer, type SignedIn } from "./find-actor";
import { findActorByCookie } from "./session-cookie";

const BEARER = /^bearer +([A-Za-z0-9._~+/|=-]{1,4096})$/i;

/**
 * The actor behind a request: a bearer token of either kind, else the session cookie. A token that is sent
 * and no good is a refusal, not a reason to try the cookie.
 *
 * @throws {DatabaseUnavailable}
 */
export async function authenticate(request: Request): Promise<SignedIn | null> {
  const authorization = request.headers.get("authorization");
  if (authorization === null) return findActorByCookie(request.headers.get("cookie"));
  const [, token] = BEARER.exec(authorization.trim()) ?? [];
  return token === undefined ? null : findActorByBearer(token);
}

/** 401 with how to authenticate (RFC 6750, 3). */
export function challenge(reply: Reply): Reply {
  return withHeaders(reply, { "WWW-Authenticate": "Bearer" });
}

/**
 * A handler for signed-in callers only: 401 with `WWW-Authenticate` (RFC 6750, 3) for everybody else, and 403
 * for what a page of another origin sent along with the cookie, and for who owes a second factor. Reading too: an
 * export leaves a trace and fills a disk, a list costs a query, and no other page could make use of the answer.
 */
export function withActor<Context>(
  shape: ErrorShape,
  handle: (actor: SignedIn, request: Request, context: Context) => Promise<Reply>,
): (request: Request, context: Context) => Promise<Reply> {
  return async (request, context) => {
    const crossSite = refuseCrossSite(request, shape);
    if (crossSite) return crossSite;
    const actor = await authenticate(request);
    if (actor === null) return challenge(shape("UNAUTHENTICATED"));
    if (actor.mustEnrol) return shape("SECOND_FACTOR_SETUP_REQUIRED");
    return handle(actor, request, context);
  };
}
