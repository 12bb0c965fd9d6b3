import { env } from "@/lib/platform/env";
import { sessionSeconds } from "./lifetime";

/**
 * The cookie that docs/contracts/sign-in.md#post-apiauthlogin publishes: sent to the auth routes only, never to a
 * script.
 */
const NAME = "refresh_token";

function attributes(maxAge: number): string {
  const secure = env().https ? "; Secure" : "";
  return `HttpOnly; SameSite=Strict; Path=/api/auth; Max-Age=${maxAge}${secure}`;
}

/** A `Set-Cookie` value that stores the refresh token; without one, that removes it. */
export function refreshCookie(token: string | null): string {
  return `${NAME}=${token ?? ""}; ${attributes(token === null ? 0 : sessionSeconds())}`;
}

/** The refresh token a request brought, or null. */
export function readRefreshCookie(request: Request): string | null {
  const cookies = request.headers.get("cookie") ?? "";
  const [, token] = /(?:^|;\s*)refresh_token=([A-Za-z0-9_-]{1,128})(?:;|$)/.exec(cookies) ?? [];
  return token ?? null;
}
