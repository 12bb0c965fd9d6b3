import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";

export type RoleView = { id: string; slug: string; name: string };

/** Every role by name; empty for an actor who may not read users. */
export async function listRoles(actor: Actor): Promise<RoleView[]> {
  if (!may(actor, "read", "User")) return [];
  return query((db) =>
    db.role.findMany({
      select: { id: true, slug: true, name: true },
      orderBy: { name: "asc" },
      take: 500,
    }),
  );
}
