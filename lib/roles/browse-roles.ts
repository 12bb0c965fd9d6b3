import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { countHolders } from "./count-holders";
import { type InvalidRolePage, ROLE_ORDER, readRolePage } from "./role-page";
import { type RoleView, roleColumns, toRoleView } from "./role-view";

type BrowseRolesOutcome =
  | { kind: "listed"; roles: RoleView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | InvalidRolePage;

/** One page of roles, ours first, then by name, with what they allow and how many have them. @throws {DatabaseUnavailable} */
export async function browseRoles(actor: Actor, input: unknown): Promise<BrowseRolesOutcome> {
  if (!may(actor, "read", "Role")) return { kind: "forbidden" };
  const page = readRolePage(input);
  if (page.kind === "invalid") return page;
  return query(async (db): Promise<BrowseRolesOutcome> => {
    const rows = await db.role.findMany({
      where: ROLE_ORDER.behind(page.after),
      select: roleColumns,
      orderBy: [...ROLE_ORDER.orderBy],
      take: page.take,
    });
    const { shown, nextCursor } = page.cut(rows, ROLE_ORDER.positionOf);
    const roles = await Promise.all(
      shown.map(async (row) => toRoleView(row, await countHolders(db, actor, row.id))),
    );
    return { kind: "listed", roles, nextCursor };
  });
}
