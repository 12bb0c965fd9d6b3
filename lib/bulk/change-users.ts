import type { Actor } from "@/lib/access/actor";
import { recordAll } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { type Prisma, promiseBroken, type Tx } from "@/lib/platform/db";
import { ADMIN_ROLE } from "@/lib/users/schema";
import type { BulkRequest } from "./bulk-request";
import { type BulkTargets, bulkTargets } from "./bulk-targets";
import { deleteUsers } from "./delete-users";

/** What came of it for one user. */
export type UserOutcome =
  | { kind: "changed" }
  /** It was so already. */
  | { kind: "unchanged" }
  | { kind: "rejected"; reason: "yourself" | "forbidden" | "lastAdmin" | "notFound" };

export type ChangeUsersOutcome =
  | { kind: "done"; outcomes: Map<string, UserOutcome> }
  | { kind: "forbidden" }
  | { kind: "roleUnknown" };

const columns = {
  id: true,
  email: true,
  status: true,
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
  // In one order, so that two who change the same users wait for each other and do not lock each other out.
  await tx.$queryRaw`
    SELECT 1 FROM "users" WHERE "id" = ANY(${ids}::uuid[]) ORDER BY "id" FOR UPDATE`;
  const find = (...where: Prisma.UserWhereInput[]) =>
    tx.user.findMany({ where: { AND: [{ id: { in: [...ids] } }, ...where] }, select: columns });
  const seen = await find(targets.seen);
  const allowed = new Set((await find(targets.allowed)).map(({ id }) => id));
  const changing = await find(targets.allowed, targets.differs);

  const outcomes = new Map<string, UserOutcome>(
    ids.map((id) => [id, { kind: "rejected", reason: "notFound" }]),
  );
  for (const { id } of seen) {
    outcomes.set(
      id,
      allowed.has(id) ? { kind: "unchanged" } : { kind: "rejected", reason: "forbidden" },
    );
  }
  if (outcomes.has(actor.userId)) {
    outcomes.set(actor.userId, { kind: "rejected", reason: "yourself" });
  }
  const apply = async (rows: readonly Row[]) => {
    if (rows.length === 0) return;
    await applyTo(tx, actor, request, rows, targets, details);
    for (const { id } of rows) outcomes.set(id, { kind: "changed" });
  };
  const endsAdmin = ["disable", "changeRole", "delete"].includes(request.action);
  const isAdmin = ({ role, status }: Row) =>
    endsAdmin && role.slug === ADMIN_ROLE && status === "ACTIVE";
  await apply(changing.filter((row) => !isAdmin(row)));
  const admins = new Map(changing.filter(isAdmin).map((row) => [row.id, row]));
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
    if (promiseBroken(error) !== "LAST_ADMIN") throw error;
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
  targets: BulkTargets,
  details: Record<string, unknown>,
): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const update = (data: Prisma.UserUncheckedUpdateManyInput, where: Prisma.UserWhereInput = {}) =>
    tx.user.updateMany({
      where: { AND: [{ id: { in: ids } }, where] },
      data: { ...data, version: { increment: 1 } },
    });
  const recordEach = (changes: (row: Row) => Record<string, unknown>) =>
    recordAll(
      tx,
      actor,
      rows.map((row) => ({
        action: request.action === "signOut" ? "session.ended" : "user.updated",
        target: { type: "user", id: row.id, label: row.email },
        details: { ...changes(row), ...details },
      })),
    );
  const statusFrom = (row: Row) => row.status.toLowerCase();

  switch (request.action) {
    case "disable": {
      const reason = request.reason || null;
      await update({ status: "DISABLED", disabledReason: reason });
      return recordEach((row) => ({
        status: { from: statusFrom(row), to: "disabled" },
        ...(reason !== null && { reason }),
      }));
    }
    case "enable": {
      await update({ status: "ACTIVE", disabledReason: null }, { passwordHash: { not: null } });
      // Who never had a password was invited, and is again; "active" would be a lie.
      const invited = { status: "INVITED", disabledReason: null } as const;
      await update(invited, { passwordHash: null });
      const still = await tx.user.findMany({
        where: { id: { in: ids }, status: "INVITED" },
        select: { id: true },
      });
      const isInvited = new Set(still.map(({ id }) => id));
      return recordEach((row) => ({
        status: { from: statusFrom(row), to: isInvited.has(row.id) ? "invited" : "active" },
      }));
    }
    case "changeRole": {
      if (targets.role === null) return;
      const { id, slug } = targets.role;
      await update({ roleId: id });
      return recordEach((row) => ({ role: { from: row.role.slug, to: slug } }));
    }
    case "signOut": {
      await tx.session.updateMany({
        where: { userId: { in: ids }, endedAt: null },
        data: { endedAt: databaseNow() },
      });
      return recordEach(() => ({}));
    }
    case "delete":
      return deleteUsers(tx, actor, rows, details);
  }
}
