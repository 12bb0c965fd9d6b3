import { WITHOUT_FACTOR } from "@/lib/factors/take-second-factor";
import type { Tx } from "@/lib/platform/db";
import { openSession, type Proven } from "./open-session";

/**
 * Opens the session of a browser for somebody who gets a password in this transaction: whoever sets it has proven who
 * they are and need not do so again. Both are committed or neither. `setSessionCookie` (auth.ts) gives it to the browser.
 *
 * @returns its id; null where a second factor stands behind the password, which takes a sign-in
 */
export async function grantSession(tx: Tx, user: Proven): Promise<string | null> {
  const opened = await openSession(tx, user, "browser", WITHOUT_FACTOR);
  return opened?.sessionId ?? null;
}
