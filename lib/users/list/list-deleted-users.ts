import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { Instant } from "@/lib/platform/bounds";
import { databaseNow } from "@/lib/platform/database-now";
import { type Prisma, query, touch } from "@/lib/platform/db";
import { decodeCursor, encodeCursor, PageLimit, queryText } from "@/lib/platform/page";
import { purgeDeletedUsers } from "../archive-users";
import { type Issue, issuesOf } from "../schema";
import { type DeletedUserView, deletedUserColumns, toDeletedUserView } from "./deleted-user-view";
import { searchWhere } from "./user-filter";
import { userScope } from "./user-scope";

export type ListDeletedUsersOutcome =
  | { kind: "listed"; users: DeletedUserView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | { kind: "invalid"; issues: Issue[] };

export const DeletedUserQuery = z.object({
  limit: PageLimit,
  cursor: z.string().max(1_000).optional(),
  search: queryText(200).optional(),
});

const Cursor = z.object({ at: Instant, id: z.guid() });

/** The deleted users whom `actor` might restore, last deleted first. @throws {DatabaseUnavailable} */
export async function listDeletedUsers(
  actor: Actor,
  input: unknown,
): Promise<ListDeletedUsersOutcome> {
  if (!may(actor, "delete", "User")) return { kind: "forbidden" };
  const parsed = DeletedUserQuery.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: issuesOf(parsed.error) };
  const { limit, cursor, search } = parsed.data;
  const after = cursor === undefined ? undefined : decodeCursor(Cursor, cursor);
  if (after === null) return { kind: "invalid", issues: [{ field: "cursor", rule: "invalid" }] };

  const past: Prisma.DeletedUserWhereInput = after
    ? { OR: [{ deletedAt: { lt: after.at } }, { deletedAt: after.at, id: { lt: after.id } }] }
    : {};
  const rows = await query(async (db) => {
    await touch(purgeDeletedUsers);
    return db.deletedUser.findMany({
      where: {
        // Those whose time is over are gone, whether or not they could be removed.
        AND: [
          { purgeAt: { gt: databaseNow() } },
          deletedUserScope(actor),
          search ? searchWhere(search, 1) : {},
          past,
        ],
      },
      select: deletedUserColumns,
      orderBy: [{ deletedAt: "desc" }, { id: "desc" }],
      take: limit + 1,
    });
  });
  const users = rows.slice(0, limit).map(toDeletedUserView);
  const last = users.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    kind: "listed",
    users,
    nextCursor: more ? encodeCursor({ at: last.deletedAt, id: last.id }) : null,
  };
}

/** Conditions name only columns that `deleted_users` has in common with `users`. */
function deletedUserScope(actor: Actor): Prisma.DeletedUserWhereInput {
  const both = ["read", "delete"] as const;
  return { AND: both.map((action) => userScope(actor, action) as Prisma.DeletedUserWhereInput) };
}
