import type { Actor } from "@/lib/access/actor";
import { SLUG } from "@/lib/access/conditions";
import { may, mayGovern } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { countHolders } from "./count-holders";
import { readPolicies } from "./read-policies";
import { type RoleView, roleColumns, roleEtag, toRoleView } from "./role-view";

export type GetRoleOutcome =
  | {
      kind: "found";
      role: RoleView;
      etag: string;
      /** Whether it allows no more than the actor may: without that nobody changes or deletes it. */
      governed: boolean;
    }
  | { kind: "forbidden" }
  | { kind: "notFound" };

/** One role by its slug. @throws {DatabaseUnavailable} */
export async function getRole(actor: Actor, slug: string): Promise<GetRoleOutcome> {
  if (!may(actor, "read", "Role")) return { kind: "forbidden" };
  if (!SLUG.test(slug)) return { kind: "notFound" };
  return query(async (db): Promise<GetRoleOutcome> => {
    const row = await db.role.findUnique({ where: { slug }, select: roleColumns });
    if (row === null) return { kind: "notFound" };
    const holders = await countHolders(db, actor, row.id);
    const governed = mayGovern(actor, readPolicies(row));
    return { kind: "found", role: toRoleView(row, holders), etag: roleEtag(row), governed };
  });
}
