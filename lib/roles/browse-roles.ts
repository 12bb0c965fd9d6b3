import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { decodeCursor, encodeCursor, PageLimit } from "@/lib/platform/page";
import { countHolders } from "./count-holders";
import { type RoleView, roleColumns, toRoleView } from "./role-view";

export type BrowseRolesOutcome =
  | { kind: "listed"; roles: RoleView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | { kind: "invalid"; issues: { path: string[]; rule: "invalid" }[] };

export const RoleQuery = z.object({ limit: PageLimit, cursor: z.string().max(1_000).optional() });

const Cursor = z.object({
  predefined: z.boolean(),
  name: z
    .string()
    .max(120)
    .refine((name) => !name.includes("\0") && name.isWellFormed()),
  id: z.guid(),
});

/** One page of roles, ours first, then by name, with what they allow and how many have them. @throws {DatabaseUnavailable} */
export async function browseRoles(actor: Actor, input: unknown): Promise<BrowseRolesOutcome> {
  if (!may(actor, "read", "Role")) return { kind: "forbidden" };
  const invalid = (field: string): BrowseRolesOutcome => ({
    kind: "invalid",
    issues: [{ path: [field], rule: "invalid" }],
  });
  const parsed = RoleQuery.safeParse(input);
  if (!parsed.success) return invalid(String(parsed.error.issues[0]?.path[0] ?? "query"));
  const { limit, cursor } = parsed.data;
  const after = cursor === undefined ? undefined : decodeCursor(Cursor, cursor);
  if (after === null) return invalid("cursor");

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
      take: limit + 1,
    });
    const page = rows.slice(0, limit);
    const roles = await Promise.all(
      page.map(async (row) => toRoleView(row, await countHolders(db, actor, row.id))),
    );
    const last = page.at(-1);
    const more = rows.length > limit && last !== undefined;
    return {
      kind: "listed",
      roles,
      nextCursor: more
        ? encodeCursor({ predefined: last.predefined, name: last.name, id: last.id })
        : null,
    };
  });
}
