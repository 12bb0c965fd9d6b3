import { z } from "zod";
import { Prisma, UserStatus } from "@/lib/platform/db";

/** A user as the world outside this floor sees one (docs/contracts/native-api.md#user). Times are ISO 8601 in UTC. */
export const UserView = z
  .object({
    id: z.guid(),
    number: z.int().positive().meta({ description: "Counts up from 1; never used twice." }),
    email: z.string().meta({ description: "Lower case; unique." }),
    name: z.string().nullable(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    role: z.object({ id: z.guid(), slug: z.string(), name: z.string() }),
    status: z
      .enum(["active", "disabled", "invited"])
      .meta({ description: "Only active users can sign in; invited ones have no password yet." }),
    emailVerifiedAt: z.iso.datetime().nullable(),
    lastLoginAt: z.iso.datetime().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "User" });
export type UserView = z.output<typeof UserView>;

/** The columns a view is made of; never the password hash. */
export const userColumns = {
  id: true,
  number: true,
  email: true,
  name: true,
  firstName: true,
  lastName: true,
  role: { select: { id: true, slug: true, name: true } },
  status: true,
  emailVerifiedAt: true,
  lastLoginAt: true,
  metadata: true,
  version: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.UserSelect;

export type UserRow = Prisma.UserGetPayload<{ select: typeof userColumns }>;

/** `userColumns` in SQL, of "users" joined with its "roles"; each row is a `UserRow`. */
export const USER_SQL = Prisma.sql`
  "users"."id", "users"."number", "users"."email", "users"."name", "users"."first_name" AS "firstName",
  "users"."last_name" AS "lastName",
  json_build_object('id', "roles"."id", 'slug', "roles"."slug", 'name', "roles"."name") AS "role",
  upper("users"."status"::text) AS "status", "users"."email_verified_at" AS "emailVerifiedAt",
  "users"."last_login_at" AS "lastLoginAt", "users"."metadata", "users"."version",
  "users"."created_at" AS "createdAt", "users"."updated_at" AS "updatedAt"`;

/** What `USER_SQL` selects. */
export const UserRow = z.object({
  id: z.string(),
  number: z.number(),
  email: z.string(),
  name: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  role: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  status: z.enum(UserStatus),
  emailVerifiedAt: z.date().nullable(),
  lastLoginAt: z.date().nullable(),
  metadata: z.custom<Prisma.JsonValue>(),
  version: z.number(),
  createdAt: z.date(),
  updatedAt: z.date(),
}) satisfies z.ZodType<UserRow>;

export function toUserView({ version, ...row }: UserRow): UserView {
  return {
    ...row,
    status: row.status.toLowerCase() as UserView["status"],
    emailVerifiedAt: row.emailVerifiedAt?.toISOString() ?? null,
    lastLoginAt: row.lastLoginAt?.toISOString() ?? null,
    metadata: row.metadata as Record<string, unknown>,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** The entity tag of a user: changes with every edit, not with a sign-in (RFC 9110, 8.8.3). */
export function userEtag(row: { version: number }): string {
  return `"${row.version}"`;
}
