import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { ROLES_MAX } from "./schema";

/** Every role by name, for who may read roles; empty for others. @throws {DatabaseUnavailable} */
export async function listRoleNames(actor: Actor): Promise<{ slug: string; name: string }[]> {
  if (!may(actor, "read", "Role")) return [];
  return query((db) =>
    db.role.findMany({
      select: { slug: true, name: true },
      orderBy: { name: "asc" },
      take: ROLES_MAX,
    }),
  );
}
