import { query } from "@/lib/platform/db";
import { getRequestContext } from "@/lib/platform/request-context";

/**
 * Whether somebody has signed in to this account from the address of the current request before. When an account is
 * guessed at from everywhere, these are still heard, so that its owner is not locked out.
 *
 * @throws {DatabaseUnavailable}
 */
export async function isKnownClient(user: { email: string } | { id: string }): Promise<boolean> {
  const address = getRequestContext()?.address;
  if (!address) return false;
  const known = await query((db) =>
    db.session.findFirst({ where: { user, address }, select: { id: true } }),
  );
  return known !== null;
}
