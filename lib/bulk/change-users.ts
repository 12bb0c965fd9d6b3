import type { Actor } from "@/lib/access/actor";
import { insertEventAboutUsers } from "@/lib/audit/record";
import { Prisma, type Tx, type UserStatus } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";
import { whereSql } from "@/lib/rows/where-sql";
import { isActiveAdmin, lastAdminKept } from "@/lib/users/active-admin";
import { deleteUsers } from "@/lib/users/delete-users";
import { roleChange } from "@/lib/users/role-change";
import { type Change, type SharedData, saveUsers } from "@/lib/users/save-user";
import { statusChange } from "@/lib/users/status-change";
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

/** A user who was asked for, and how the conditions of the action judge them. */
type Row = {
  id: string;
  status: UserStatus;
  disabledReason: string | null;
  role: { slug: string };
  /** Has ever had a password. */
  joined: boolean;
} & Record<"seen" | "allowed" | "differs", boolean | null>;

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
  const found = await findRows(tx, ids, targets);
  const changing = found.filter(({ allowed, differs }) => allowed && differs);

  const outcomes = new Map<string, UserOutcome>(
    ids.map((id) => [id, { kind: "rejected", reason: "notFound" }]),
  );
  for (const { id, seen, allowed } of found) {
    if (allowed) outcomes.set(id, { kind: "unchanged" });
    else if (seen) outcomes.set(id, { kind: "rejected", reason: "forbidden" });
  }
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

/** By hand: through the model, conditions with a thousand ids take as long as the change. */
function findRows(
  tx: Tx,
  ids: readonly string[],
  { seen, allowed, differs }: BulkTargets,
): Promise<Row[]> {
  return tx.$queryRaw`
    SELECT "id", upper("status"::text) AS "status", "disabled_reason" AS "disabledReason",
      (SELECT json_build_object('slug', "slug") FROM "roles" WHERE "roles"."id" = "users"."role_id") AS "role",
      "password_hash" IS NOT NULL AS "joined", ${whereSql("User", seen)} AS "seen",
      ${whereSql("User", allowed)} AS "allowed", ${whereSql("User", differs)} AS "differs"
    FROM "users" WHERE "id" = ANY(${[...ids]}::uuid[])`;
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
  const save = (changeOf: (row: Row) => Change<SharedData>) =>
    saveUsers(
      tx,
      actor,
      rows.map((row) => {
        const { data, details } = changeOf(row);
        return { id: row.id, change: { data, details: { ...details, ...more } } };
      }),
    );

  switch (request.action) {
    case "disable": {
      const asked = { status: "disabled", reason: request.reason || null } as const;
      return save((row) => statusChange(row, asked, true));
    }
    case "enable": {
      const asked = { status: "active", reason: undefined } as const;
      return save((row) => statusChange(row, asked, row.joined));
    }
    case "changeRole":
      return role === null ? undefined : save((row) => roleChange(row, role));
    case "signOut": {
      const ids = rows.map(({ id }) => id);
      const event = { action: "session.ended", details: more } as const;
      const them = Prisma.sql`"users" WHERE "id" = ANY(${ids}::uuid[])`;
      await tx.$executeRaw`
        WITH "ended" AS (
          UPDATE "sessions" SET "ended_at" = now()
          WHERE "user_id" = ANY(${ids}::uuid[]) AND "ended_at" IS NULL
        )
        ${insertEventAboutUsers(actor, event, them)}`;
      return;
    }
    case "delete":
      return deleteUsers(tx, actor, rows, more);
  }
}
