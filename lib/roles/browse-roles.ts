import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { pageFields, readPage } from "@/lib/platform/keyset-page";
import { isStorableText } from "@/lib/users/limits";
import { countHolders } from "./count-holders";
import { type RoleView, roleColumns, toRoleView } from "./role-view";

type BrowseRolesOutcome =
  | { kind: "listed"; roles: RoleView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | { kind: "invalid"; issues: { path: string[]; rule: "invalid" }[] };

export const RoleQuery = z.object(pageFields(1_000));

const Position = z.object({
  predefined: z.boolean(),
  name: z.string().max(120).refine(isStorableText),
  id: z.guid(),
});

/** One page of roles, ours first, then by name, with what they allow and how many have them. @throws {DatabaseUnavailable} */
export async function browseRoles(actor: Actor, input: unknown): Promise<BrowseRolesOutcome> {
  if (!may(actor, "read", "Role")) return { kind: "forbidden" };
  const page = readPage(RoleQuery, Position, input);
  if (page.kind === "invalid") {
    return { kind: "invalid", issues: [{ path: [page.field], rule: "invalid" }] };
  }
  const { after } = page;
  return query(async (db): Promise<BrowseRolesOutcome> => {
    const rows = await db.role.findMany({
      where: after
        ? {
            OR: [
              ...(after.predefined ? [{ predefined: false }] : []),
              { predefined: after.predefined, name: { gt: after.name } },
              { predefined: after.predefined, name: after.name, id: { gt: after.id } },
            ],
          }
        : {},
      select: roleColumns,
      orderBy: [{ predefined: "desc" }, { name: "asc" }, { id: "asc" }],
      take: page.take,
    });
    const { shown, nextCursor } = page.cut(rows, ({ predefined, name, id }) => {
      return { predefined, name, id };
    });
    const roles = await Promise.all(
      shown.map(async (row) => toRoleView(row, await countHolders(db, actor, row.id))),
    );
    return { kind: "listed", roles, nextCursor };
  });
}
