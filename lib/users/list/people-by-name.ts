import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { literalLike, queryText } from "@/lib/platform/page";
import { scopeOf } from "@/lib/rows/scope-of";
import { plainLetters } from "./plain-letters";

/** So many people of one name are looked up; who means more says more. */
const MOST = 100;
const SHORTEST = 3;

/**
 * The ids of those whom `actor` may see and whose name holds a text of three letters or more: by these the audit trail,
 * which knows people by their addresses, is found by name.
 *
 * @param text as sent by a client; what is no text is nobody's name
 * @throws {DatabaseUnavailable}
 */
export async function peopleByName(actor: Actor, text: unknown): Promise<string[]> {
  const name = plainLetters(queryText(200).safeParse(text).data ?? "");
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
