import type { Actor } from "@/lib/access/actor";
import { may, mayGovern } from "@/lib/access/policy";
import { mustConfirmFor } from "@/lib/access/recently-confirmed";
import {
  isForeignKeyViolation,
  isUniqueViolation,
  query,
  type Tx,
  transaction,
} from "@/lib/platform/db";
import { hashPassword } from "@/lib/platform/secrets/password";
import { readPolicies } from "@/lib/roles/read-policies";
import { insertUser } from "./insert-user";
import type { Issue } from "./schema";
import type { UserRow } from "./user-view";

export type AddUserOutcome<T> =
  | { kind: "added"; row: UserRow; result: T }
  | { kind: "forbidden" }
  | { kind: "unconfirmed" }
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
  const role = await query((db) =>
    db.role.findUnique({ where: { slug }, select: { id: true, slug: true, policies: true } }),
  );
  if (role === null) return { kind: "invalid", issues: [{ field: "role", rule: "roleUnknown" }] };
  const asked = { email, status: password === null ? "invited" : "active", role: { slug } };
  if (!may(actor, "create", "User", asked)) return { kind: "forbidden" };
  const policies = readPolicies(role);
  if (!mayGovern(actor, policies)) return { kind: "forbidden" };
  if (mustConfirmFor(actor, policies)) return { kind: "unconfirmed" };

  const passwordHash = password === null ? null : await hashPassword(password);
  try {
    return await transaction(async (tx): Promise<AddUserOutcome<T>> => {
      const row = await insertUser(tx, { email, name, passwordHash, roleId: role.id });
      return { kind: "added", row, result: await finish(tx, row) };
    });
  } catch (error) {
    // The role was deleted while the password was hashed.
    if (isForeignKeyViolation(error)) {
      return { kind: "invalid", issues: [{ field: "role", rule: "roleUnknown" }] };
    }
    if (!isUniqueViolation(error)) throw error;
    return { kind: "invalid", issues: [{ field: "email", rule: "emailTaken" }] };
  }
}
