import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { mustConfirmFor } from "@/lib/access/recently-confirmed";
import type { Refusal } from "@/lib/access/refusal";
import {
  isForeignKeyViolation,
  isUniqueViolation,
  query,
  type Tx,
  transaction,
} from "@/lib/platform/db";
import { hashPassword } from "@/lib/platform/secrets/password";
import { insertUser } from "./insert-user";
import { findNewRole } from "./role-change";
import type { Issue } from "./schema";
import type { UserRow } from "./user-view";

type AddUserOutcome<T> =
  | { kind: "added"; row: UserRow; result: T }
  | Refusal<"forbidden" | "unconfirmed">
  | { kind: "invalid"; issues: Issue[] };

/**
 * What creating and inviting somebody have in common: the role exists, `actor` may make such a user, the e-mail is
 * free. `finish` belongs to the same transaction and writes the audit event.
 *
 * @param person fields already checked and canonical; without a password the user is invited
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function addUser<T>(
  actor: Actor,
  person: { email: string; name: string | null; role: string; password: string | null },
  finish: (tx: Tx, row: UserRow) => Promise<T>,
): Promise<AddUserOutcome<T>> {
  const { email, name, role: slug, password } = person;
  const roleUnknown = { field: "role", rule: "roleUnknown" } as const;
  const next = await query((db) => findNewRole(db, actor, slug));
  if (next.kind === "roleUnknown") return { kind: "invalid", issues: [roleUnknown] };
  const asked = { email, status: password === null ? "invited" : "active", role: { slug } };
  if (next.kind === "forbidden" || !may(actor, "create", "User", asked)) {
    return { kind: "forbidden" };
  }
  const { role } = next;
  if (mustConfirmFor(actor, role.policies)) return { kind: "unconfirmed" };

  const passwordHash = password === null ? null : await hashPassword(password);
  try {
    return await transaction(async (tx): Promise<AddUserOutcome<T>> => {
      const row = await insertUser(tx, { email, name, passwordHash, roleId: role.id });
      return { kind: "added", row, result: await finish(tx, row) };
    });
  } catch (error) {
    // The role was deleted while the password was hashed.
    if (isForeignKeyViolation(error)) return { kind: "invalid", issues: [roleUnknown] };
    if (!isUniqueViolation(error)) throw error;
    return { kind: "invalid", issues: [{ field: "email", rule: "emailTaken" }] };
  }
}
