import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { Prisma, query } from "@/lib/platform/db";
import { scopeOf } from "@/lib/rows/scope-of";
import { whereSql } from "@/lib/rows/where-sql";
import { COUNT_CAP } from "@/lib/users/list/find-users";
import { Holders, toHolders } from "./role-view";

const FIRST_USERS = 5;

const Person = z.object({
  id: z.guid(),
  email: z.string(),
  name: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
});
type Person = z.output<typeof Person>;

/** How many have a role, and who they are. */
export const FirstHolders = z.object({
  count: Holders,
  users: z.array(Person).meta({ description: "The first few of them." }),
});
export type FirstHolders = z.output<typeof FirstHolders>;

/**
 * Who has a role, among the users whom `actor` may read; null when that is nobody. In one statement, because both halves
 * would look at every holder where there are few.
 *
 * @param which a condition on "users" that they meet besides
 * @throws {DatabaseUnavailable}
 */
export async function firstHolders(
  actor: Actor,
  roleId: string,
  which: Prisma.Sql = Prisma.sql`true`,
): Promise<FirstHolders | null> {
  if (!may(actor, "read", "User")) return null;
  const where = whereSql("User", { AND: [scopeOf(actor, "read", "User"), { roleId }] });
  const rows = await query(
    (db) => db.$queryRaw<(Person & { counted: number })[]>`
      WITH "some" AS MATERIALIZED (
        SELECT "id", "email", "name", "first_name" AS "firstName", "last_name" AS "lastName", "created_at"
        FROM "users" WHERE ${where} AND ${which} LIMIT ${COUNT_CAP + 1})
      SELECT "id", "email", "name", "firstName", "lastName",
        (SELECT count(*)::int FROM "some") AS "counted"
      FROM "some" ORDER BY "created_at", "id" LIMIT ${FIRST_USERS}`,
  );
  return {
    count: toHolders(rows[0]?.counted ?? 0),
    users: rows.map(({ counted: _, ...person }) => person),
  };
}
