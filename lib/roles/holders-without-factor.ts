import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { WITHOUT_FACTOR } from "@/lib/factors/take-second-factor";
import { query } from "@/lib/platform/db";
import { scopeOf } from "@/lib/rows/scope-of";
import { whereSql } from "@/lib/rows/where-sql";
import { COUNT_CAP } from "@/lib/users/list/find-users";
import type { UserView } from "@/lib/users/user-view";
import { type Holders, toHolders } from "./role-view";

const FIRST_USERS = 5;

type Person = Pick<UserView, "id" | "email" | "name" | "firstName" | "lastName">;

/** Active holders of a role who have no second factor. */
export type WithoutFactor = {
  count: Holders;
  /** The first few of them. */
  users: Person[];
};

/**
 * The active holders of a role without a second factor, among the users whom `actor` may read; null when that is
 * nobody. In one statement, because both halves would look at every holder where everybody has one.
 *
 * @throws {DatabaseUnavailable}
 */
export async function holdersWithoutFactor(
  actor: Actor,
  roleId: string,
): Promise<WithoutFactor | null> {
  if (!may(actor, "read", "User")) return null;
  const where = whereSql("User", {
    AND: [scopeOf(actor, "read", "User"), { roleId, status: "ACTIVE" }],
  });
  const rows = await query(
    (db) => db.$queryRaw<(Person & { counted: number })[]>`
      WITH "some" AS MATERIALIZED (
        SELECT "id", "email", "name", "first_name" AS "firstName", "last_name" AS "lastName", "created_at"
        FROM "users" WHERE ${where} AND ${WITHOUT_FACTOR} LIMIT ${COUNT_CAP + 1})
      SELECT "id", "email", "name", "firstName", "lastName",
        (SELECT count(*)::int FROM "some") AS "counted"
      FROM "some" ORDER BY "created_at", "id" LIMIT ${FIRST_USERS}`,
  );
  return {
    count: toHolders(rows[0]?.counted ?? 0),
    users: rows.map(({ counted: _, ...person }) => person),
  };
}
