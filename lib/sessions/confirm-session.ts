import type { Actor } from "@/lib/access/actor";
import { databaseNow } from "@/lib/platform/database-now";
import { query } from "@/lib/platform/db";
import { type Issue, Password } from "@/lib/users/schema";
import { verifyOwnPassword } from "./verify-own-password";

type ConfirmSessionOutcome =
  | { kind: "confirmed" }
  /** An API token: there is no session to confirm. */
  | { kind: "forbidden" }
  | { kind: "invalid"; issues: Issue[] }
  | { kind: "wrongPassword" }
  | { kind: "rateLimited"; retryAfter: number };

/**
 * Proves again, by the password, that the person at this session is the one who signed in. Good for
 * CONFIRMED_MINUTES (lib/access/recently-confirmed.ts).
 *
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function confirmSession(
  actor: Actor,
  password: unknown,
): Promise<ConfirmSessionOutcome> {
  const { via } = actor;
  if (via.kind !== "session") return { kind: "forbidden" };
  const parsed = Password.safeParse(password);
  if (!parsed.success)
    return { kind: "invalid", issues: [{ field: "password", rule: "required" }] };
  const verified = await verifyOwnPassword(actor, parsed.data);
  if (verified.kind !== "right") return verified;
  await query((db) =>
    db.session.updateMany({ where: { id: via.id }, data: { confirmedAt: databaseNow() } }),
  );
  return { kind: "confirmed" };
}
