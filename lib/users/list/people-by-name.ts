import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { literalLike } from "@/lib/platform/page";
import { scopeOf } from "@/lib/rows/scope-of";
import { plainLetters } from "./plain-letters";

/** So many people of one name are looked up; who means more says more. */
const MOST = 100;
const SHORTEST = 3;

/**
 * The ids of those whom `actor` may see and whose name holds a text of three letters or more: by these the audit trail,
 * which knows people by their addresses, is found by name.
 *
 * @throws {DatabaseUnavailable}
 */
export async function peopleByName(actor: Actor, text: string): Promise<string[]> {
  const name = plainLetters(text);
  if ([...name].length < SHORTEST || !may(actor, "read", "User")) return [];
  const plainName = { contains: literalLike(name), mode: "insensitive" as const };
  const users = await query((db) =>
    db.user.findMany({
      where: { AND: [scopeOf(actor, "read", "User"), { plainName }] },
      select: { id: true },
      take: MOST,
    }),
  );
  return users.map(({ id }) => id);
}
