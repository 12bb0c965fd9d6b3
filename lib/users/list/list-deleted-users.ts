import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { databaseNow } from "@/lib/platform/database-now";
import { type Prisma, query, touch } from "@/lib/platform/db";
import { type InvalidQuery, latestFirst, pageFields, readPage } from "@/lib/platform/keyset-page";
import { queryText } from "@/lib/platform/page";
import { scopeOf } from "@/lib/rows/scope-of";
import { purgeDeletedUsers } from "../archive-users";
import { type DeletedUserView, deletedUserColumns, toDeletedUserView } from "./deleted-user-view";
import { searchWhere } from "./user-filter";

type ListDeletedUsersOutcome =
  | { kind: "listed"; users: DeletedUserView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | InvalidQuery;

export const DeletedUserQuery = z.object({
  ...pageFields(1_000),
  search: queryText(200).optional(),
});

const order = latestFirst("deletedAt");

/** The deleted users whom `actor` might restore, last deleted first. @throws {DatabaseUnavailable} */
export async function listDeletedUsers(
  actor: Actor,
  input: unknown,
): Promise<ListDeletedUsersOutcome> {
  if (!may(actor, "delete", "User")) return { kind: "forbidden" };
  const page = readPage(DeletedUserQuery, order.Position, input);
  if (page.kind === "invalid") return page;
  const { search } = page.asked;
  const rows = await query(async (db) => {
    await touch(purgeDeletedUsers);
    return db.deletedUser.findMany({
      where: {
        // Those whose time is over are gone, whether or not they could be removed.
        AND: [
          { purgeAt: { gt: databaseNow() } },
          deletedUserScope(actor),
          search ? searchWhere(search, 1) : {},
          order.behind(page.after),
        ],
      },
      select: deletedUserColumns,
      orderBy: order.orderBy,
      take: page.take,
    });
  });
  const { shown, nextCursor } = page.cut(rows, order.positionOf);
  return { kind: "listed", users: shown.map(toDeletedUserView), nextCursor };
}

/** Conditions name only columns that `deleted_users` has in common with `users`. */
function deletedUserScope(actor: Actor): Prisma.DeletedUserWhereInput {
  const both = ["read", "delete"] as const;
  return {
    AND: both.map((action) => scopeOf(actor, action, "User") as Prisma.DeletedUserWhereInput),
  };
}
