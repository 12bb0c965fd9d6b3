import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { scopeOf } from "@/lib/rows/scope-of";

/** What those of these ids are called whom `actor` may see and who have a name. @throws {DatabaseUnavailable} */
export async function namesOf(
  actor: Actor,
  ids: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  if (ids.length === 0 || !may(actor, "read", "User")) return {};
  const users = await query((db) =>
    db.user.findMany({
      where: { AND: [scopeOf(actor, "read", "User"), { id: { in: [...new Set(ids)] } }] },
      select: { id: true, name: true },
    }),
  );
  return Object.fromEntries(users.flatMap(({ id, name }) => (name === null ? [] : [[id, name]])));
}
