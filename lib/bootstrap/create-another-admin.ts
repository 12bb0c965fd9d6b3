import { record } from "@/lib/audit/record";
import { isUniqueViolation, query, transaction } from "@/lib/platform/db";
import { hashPassword } from "@/lib/platform/secrets/password";
import { ensurePredefinedRoles } from "@/lib/roles/predefined-roles";
import { insertUser } from "@/lib/users/insert-user";
import { ADMIN_ROLE } from "@/lib/users/schema";
import { toUserView } from "@/lib/users/user-view";
import type { Claim } from "./create-first-admin";
import { grantTo } from "./grant";
import { rememberClaim } from "./idempotency";
import type { ClaimOutcome, Grants } from "./outcome";

/**
 * One more administrator, for a door whose contract says so. Never touches the installation.
 *
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function createAnotherAdmin<G extends Grants>({
  door,
  admin,
  grants,
  idempotency,
}: Claim<G>): Promise<ClaimOutcome<G>> {
  const taken = await query((db) =>
    db.user.findUnique({ where: { email: admin.email }, select: { id: true } }),
  );
  if (taken !== null) return { kind: "emailTaken" };
  const { password, ...person } = admin;
  const passwordHash =
    password.kind === "hash" ? password.value : await hashPassword(password.value);
  try {
    const { row, role, grant } = await transaction(async (tx) => {
      const role = (await ensurePredefinedRoles(tx))[ADMIN_ROLE];
      const row = await insertUser(tx, { ...person, passwordHash, roleId: role.id });
      await record(
        tx,
        { system: "sign-up secret" },
        {
          action: "user.created",
          target: { type: "user", id: row.id, label: row.email },
          door,
          details: { role: ADMIN_ROLE },
        },
      );
      const granted = await grantTo(tx, { ...row, passwordHash }, grants, door);
      if (idempotency) await rememberClaim(tx, idempotency, row.id, granted);
      return { row, role, grant: granted.grant };
    });
    return { kind: "created", admin: toUserView(row), role, grant: grant() };
  } catch (error) {
    if (isUniqueViolation(error)) return { kind: "emailTaken" };
    throw error;
  }
}
