import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";
import { sha256 } from "@/lib/platform/secrets/digest";
import { KEPT } from "@/product";
import { findActorBySession, type SignedIn } from "./find-actor";

/**
 * `__Host-` binds the cookie to this host over https (RFC 6265bis); browsers refuse the prefix on http. Nothing binds
 * a cookie to a port, so the name has it: two installations on one host would sign each other out.
 */
export function sessionCookieName(): string {
  const { https, baseUrl } = env();
  const { port } = new URL(baseUrl);
  return `${https ? "__Host-" : ""}${KEPT.sessionCookie}${port && `.${port}`}`;
}

/**
 * Who is signed in by the session's cookie.
 *
 * @param cookies the header `Cookie`
 * @throws {DatabaseUnavailable} rather than taking an outage for "signed out"
 */
export async function findActorByCookie(cookies: string | null): Promise<SignedIn | null> {
  const sessionId = await readSessionCookie(cookies ?? "");
  return sessionId === null ? null : findActorBySession(sessionId);
}

/**
 * The sessions in cookies that were opened before, by the digest of what was sent: a cookie says for ever what it has
 * said once, and to open it takes longer than everything else about who is signed in. Whether the session lives, and
 * whose it is, is asked of its row each time.
 */
const openedCookies = () => processWide("opened-cookies", () => new Map<string, string>());
const OPENED_MOST = 5_000;

/** The id in the session's cookie; null without one, or for one that we did not seal. */
async function readSessionCookie(cookies: string): Promise<string | null> {
  const name = sessionCookieName();
  const sent = cookies.split(";").find((cookie) => cookie.trimStart().startsWith(`${name}=`));
  const token = sent?.trim().slice(name.length + 1);
  if (!token) return null;
  const digest = sha256(token);
  const known = openedCookies().get(digest);
  if (known !== undefined) return known;
  const secret = [...env().authSecrets];
  const { decode } = await import("next-auth/jwt"); // not before there is one to open
  const payload = await decode({ token, secret, salt: name }).catch((error: unknown) => {
    log().debug({ err: error }, "a session's cookie that cannot be opened");
    return null;
  });
  const id = payload?.["sid"];
  if (typeof id !== "string") return null;
  if (openedCookies().size >= OPENED_MOST) openedCookies().clear();
  openedCookies().set(digest, id);
  return id;
}
