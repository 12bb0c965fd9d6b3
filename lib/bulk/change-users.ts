import type { Actor } from "@/lib/access/actor";
import { recordAll } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import type { Prisma, Tx } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";
import { isActiveAdmin, lastAdminKept } from "@/lib/users/active-admin";
import { deleteUsers } from "@/lib/users/delete-users";
import { roleChange } from "@/lib/users/role-change";
import { type Change, saveUsers } from "@/lib/users/save-user";
import { statusChange, whoJoined } from "@/lib/users/status-change";
import type { BulkRequest } from "./bulk-request";
import { type BulkTargets, bulkTargets } from "./bulk-targets";

/** What came of it for one user. */
export type UserOutcome =
  | { kind: "changed" }
  /** It was so already. */
  | { kind: "unchanged" }
  | { kind: "rejected"; reason: "yourself" | "forbidden" | "lastAdmin" | "notFound" };

type ChangeUsersOutcome =
  | { kind: "done"; outcomes: Map<string, UserOutcome> }
  | { kind: "forbidden" }
  | { kind: "roleUnknown" };

const columns = {
  id: true,
  email: true,
  status: true,
  disabledReason: true,
  role: { select: { slug: true } },
} satisfies Prisma.UserSelect;
type Row = Prisma.UserGetPayload<{ select: typeof columns }>;

/** Who acts. That it has no `via` lets a job act for somebody whose request is over. */
type Doer = Omit<Actor, "via">;

/**
 * Does one thing to many users: set by set; of the active administrators the last must stay.
 * Whoever cannot be changed is told apart; the others are changed all the same.
 *
 * @param details added to the audit event of each user
 * @throws {DatabaseUnavailable}
 */
export async function changeUsers(
  tx: Tx,
  actor: Doer,
  request: BulkRequest,
  ids: readonly string[],
  details: Record<string, unknown> = {},
): Promise<ChangeUsersOutcome> {
  const targets = await bulkTargets(tx, actor, request);
  if (targets.kind !== "targets") return targets;
  await lockRows(tx, "users", ids);
  const find = (among: readonly string[], ...where: Prisma.UserWhereInput[]) =>
    tx.user.findMany({ where: { AND: [{ id: { in: [...among] } }, ...where] }, select: columns });
  const changing = await find(ids, targets.allowed, targets.differs);

  const outcomes = new Map<string, UserOutcome>(
    ids.map((id) => [id, { kind: "rejected", reason: "notFound" }]),
  );
  // Mostly nobody, and then nothing is asked.
  const changed = new Set(changing.map(({ id }) => id));
  const others = ids.filter((id) => !changed.has(id));
  const seen = others.length > 0 ? await find(others, targets.seen) : [];
  const allowed = seen.length > 0 ? await find(others, targets.allowed) : [];
  for (const { id } of seen) outcomes.set(id, { kind: "rejected", reason: "forbidden" });
  for (const { id } of allowed) outcomes.set(id, { kind: "unchanged" });
  if (outcomes.has(actor.userId)) {
    outcomes.set(actor.userId, { kind: "rejected", reason: "yourself" });
  }
  const apply = async (rows: readonly Row[]) => {
    if (rows.length === 0) return;
    await applyTo(tx, actor, request, rows, targets, details);
    for (const { id } of rows) outcomes.set(id, { kind: "changed" });
  };
  const endsAdmin = (row: Row) => targets.endsAdmin && isActiveAdmin(row);
  await apply(changing.filter((row) => !endsAdmin(row)));
  const admins = new Map(changing.filter(endsAdmin).map((row) => [row.id, row]));
  const inOrder = ids.flatMap((id) => admins.get(id) ?? []);
  const staying = await applyToAdmins(tx, inOrder, apply);
  for (const { id } of staying) outcomes.set(id, { kind: "rejected", reason: "lastAdmin" });
  return { kind: "done", outcomes };
}

/**
 * Applies to as many active administrators as the database lets go, in their order; returns those who must stay.
 * The promise is checked here and not at commit, when it would be too late to tell who broke it. Halved and tried
 * again where it breaks.
 */
async function applyToAdmins(
  tx: Tx,
  rows: readonly Row[],
  apply: (rows: readonly Row[]) => Promise<void>,
): Promise<readonly Row[]> {
  if (rows.length === 0) return [];
  await tx.$executeRaw`SAVEPOINT "administrators"`;
  try {
    await apply(rows);
    await tx.$executeRaw`SET CONSTRAINTS ALL IMMEDIATE`;
    await tx.$executeRaw`SET CONSTRAINTS ALL DEFERRED`;
    return [];
  } catch (error) {
    if (!lastAdminKept(error)) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT "administrators"`;
  }
  if (rows.length === 1) return rows;
  const half = Math.ceil(rows.length / 2);
  const first = await applyToAdmins(tx, rows.slice(0, half), apply);
  return [...first, ...(await applyToAdmins(tx, rows.slice(half), apply))];
}

async function applyTo(
  tx: Tx,
  actor: Doer,
  request: BulkRequest,
  rows: readonly Row[],
  { role }: BulkTargets,
  more: Record<string, unknown>,
): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const save = (changeOf: (row: Row) => Change) =>
    saveUsers(
      tx,
      actor,
      rows.map((row) => {
        const { data, details } = changeOf(row);
        return { ...row, change: { data, details: { ...details, ...more } } };
      }),
    );

  switch (request.action) {
    case "disable": {
      const asked = { status: "disabled", reason: request.reason || null } as const;
      return save((row) => statusChange(row, asked, true));
    }
    case "enable": {
      const joined = await whoJoined(tx, ids);
      const asked = { status: "active", reason: undefined } as const;
      return save((row) => statusChange(row, asked, joined.has(row.id)));
    }
    case "changeRole":
      return role === null ? undefined : save((row) => roleChange(row, role));
    case "signOut": {
      await tx.session.updateMany({
        where: { userId: { in: ids }, endedAt: null },
        data: { endedAt: databaseNow() },
      });
      return recordAll(
        tx,
        actor,
        rows.map(({ id, email }) => ({
          action: "session.ended",
          target: { type: "user", id, label: email },
          details: more,
        })),
      );
    }
    case "delete":
      return deleteUsers(tx, actor, rows, more);
  }
}
