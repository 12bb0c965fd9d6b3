import type { Actor } from "@/lib/access/actor";
import { may, mayGovern } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import type { ListedRole } from "./list-roles";
import { readPolicies } from "./read-policies";
import { ROLES_MAX } from "./schema";

/**
 * The roles that `actor` may hand out, by name: those that allow no more than the actor may. Empty for an actor who
 * may neither create users nor change their roles.
 *
 * @throws {DatabaseUnavailable}
 */
export async function listAssignableRoles(actor: Actor): Promise<ListedRole[]> {
  if (!may(actor, "create", "User") && !may(actor, "updateRole", "User")) return [];
  const roles = await query((db) =>
    db.role.findMany({
      select: { id: true, slug: true, name: true, policies: true },
      orderBy: { name: "asc" },
      take: ROLES_MAX,
    }),
  );
  return roles
    .filter((role) => mayGovern(actor, readPolicies(role)))
    .map(({ policies: _, ...role }) => role);
}
