import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { ROLES_MAX } from "./schema";

/** What a list for choosing needs to know of a role. */
export type ListedRole = { id: string; slug: string; name: string };

/** Every role by name; empty for an actor who may not read users. @throws {DatabaseUnavailable} */
export async function listRoles(actor: Actor): Promise<ListedRole[]> {
  if (!may(actor, "read", "User")) return [];
  return query((db) =>
    db.role.findMany({
      select: { id: true, slug: true, name: true },
      orderBy: { name: "asc" },
      take: ROLES_MAX,
    }),
  );
}
