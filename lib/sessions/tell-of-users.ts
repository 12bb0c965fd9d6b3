import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { WITHOUT_FACTOR } from "@/lib/factors/take-second-factor";
import { ask } from "@/lib/platform/ask";
import { Prisma } from "@/lib/platform/db";
import type { Extra, UserExtras } from "@/lib/users/list/list-user-view";
import type { UserView } from "@/lib/users/user-view";
import { aliveSql } from "./lifetime";

const Row = z.object({
  id: z.string(),
  secondFactor: z.boolean(),
  sessions: z.number(),
  createdBy: z.object({ id: z.string().nullable(), email: z.string() }).nullable(),
});

/**
 * What a list tells besides of the users of a page, in one statement that reads nothing that was not asked for.
 *
 * @returns by their ids
 * @throws {DatabaseUnavailable}
 */
export async function tellOfUsers(
  actor: Actor,
  users: readonly UserView[],
  extras: readonly Extra[],
): Promise<Map<string, UserExtras>> {
  if (users.length === 0 || extras.length === 0) return new Map();
  const asked = (extra: Extra, sql: Prisma.Sql, otherwise: string) =>
    extras.includes(extra) ? sql : Prisma.raw(otherwise);
  const rows = await ask(
    Prisma.sql`
      SELECT "id",
        ${asked("secondFactor", Prisma.sql`NOT ${WITHOUT_FACTOR}`, "FALSE")} AS "secondFactor",
        ${asked("sessions", SESSIONS(), "0")} AS "sessions",
        ${asked("createdBy", CREATED_BY, "NULL::json")} AS "createdBy"
      FROM "users" WHERE "id" = ANY(${users.map(({ id }) => id)}::uuid[])`,
    Row.parse,
    { list: true, prepared: false },
  );
  const readsTrail = may(actor, "read", "AuditEvent");
  const known = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    users.flatMap((user): [string, UserExtras][] => {
      const row = known.get(user.id);
      if (row === undefined) return [];
      const { secondFactor, sessions, createdBy } = row;
      const told = {
        secondFactor,
        sessions: may(actor, "endSessions", "User", user) ? sessions : null,
        createdBy: readsTrail ? createdBy : null,
      };
      return [[user.id, Object.fromEntries(extras.map((extra) => [extra, told[extra]]))]];
    }),
  );
}

const SESSIONS = () => Prisma.sql`(
  SELECT count(*)::int FROM "sessions" WHERE "sessions"."user_id" = "users"."id" AND ${aliveSql()})`;

/** Recorded with the user, so it is looked for around that moment only, however much has happened to them since. */
const CREATED_BY = Prisma.sql`(
  SELECT json_build_object('id', "actor_id", 'email', "actor_label") FROM "audit_events"
  WHERE "target_id" = "users"."id"::text AND "action" IN ('user.created', 'user.imported', 'user.invited')
    AND "at" BETWEEN "users"."created_at" - interval '1 minute' AND "users"."created_at" + interval '1 minute'
  ORDER BY "at", "audit_events"."id" LIMIT 1)`;
