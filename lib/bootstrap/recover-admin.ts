import { z } from "zod";
import { record } from "@/lib/audit/record";
import { query, transaction } from "@/lib/platform/db";
import { hashPassword } from "@/lib/platform/secrets/password";
import { ensurePredefinedRoles } from "@/lib/roles/predefined-roles";
import { insertUser } from "@/lib/users/insert-user";
import { judgePassword } from "@/lib/users/judge-password";
import { ADMIN_ROLE, Email, type Issue, issuesOf } from "@/lib/users/schema";
import { needsSetup } from "./installation";

type RecoverOutcome =
  /** `created`: there was no such user before. */
  | { kind: "recovered"; email: string; created: boolean }
  /** Nobody is locked out of an installation that is still open. */
  | { kind: "open" }
  | { kind: "invalid"; issues: Issue[] };

const Target = z.object({ email: Email });

/**
 * The operator's way back in: makes the named user an active administrator with this password, and creates
 * the user when there is none (the table was emptied). Ends all of that user's sessions; does not touch the
 * record of the claim. For the command line only: whoever can run it owns the server.
 *
 * @throws {DatabaseUnavailable}
 */
export async function recoverAdmin(asked: {
  email: string;
  password: string;
}): Promise<RecoverOutcome> {
  if (await needsSetup()) return { kind: "open" };
  const target = Target.safeParse(asked);
  const issues = target.success ? [] : issuesOf(target.error);
  issues.push(...(await judgePassword(asked.password, target.success ? target.data : {})));
  if (!target.success || issues.length > 0) return { kind: "invalid", issues };

  const { email } = target.data;
  const passwordHash = await hashPassword(asked.password);
  const created = await transaction(async (tx) => {
    const roleId = (await ensurePredefinedRoles(tx))[ADMIN_ROLE].id;
    const known = await tx.user.findUnique({ where: { email }, select: { id: true } });
    const { id } = known ?? (await insertUser(tx, { email, name: null, passwordHash, roleId }));
    if (known !== null) {
      await tx.user.update({
        where: { id },
        data: {
          passwordHash,
          roleId,
          status: "ACTIVE",
          disabledReason: null,
          version: { increment: 1 },
        },
        select: { id: true },
      });
    }
    await record(
      tx,
      { system: "operator" },
      {
        action: "user.recovered",
        target: { type: "user", id, label: email },
        door: "command line",
        details: { role: ADMIN_ROLE, created: known === null },
      },
    );
    return known === null;
  });
  return { kind: "recovered", email, created };
}

type AdminRow = {
  email: string;
  name: string | null;
  status: "active" | "disabled" | "invited";
  /** ISO 8601 in UTC. */
  lastLoginAt: string | null;
};

/** Everybody who is administrator, whatever their status, oldest first, for the operator's eyes. @throws {DatabaseUnavailable} */
export async function listAdmins(): Promise<AdminRow[]> {
  const rows = await query((db) =>
    db.user.findMany({
      where: { role: { slug: ADMIN_ROLE } },
      select: { email: true, name: true, status: true, lastLoginAt: true },
      orderBy: { number: "asc" },
    }),
  );
  return rows.map((row) => ({
    ...row,
    status: row.status.toLowerCase() as AdminRow["status"],
    lastLoginAt: row.lastLoginAt?.toISOString() ?? null,
  }));
}
