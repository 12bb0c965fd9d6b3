import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { isUserId } from "./schema";
import { toUserView, type UserView, userColumns, userEtag } from "./user-view";

export type GetUserOutcome =
  | { kind: "found"; user: UserView; etag: string }
  | { kind: "forbidden" }
  | { kind: "notFound" };

/** One user by id. Everybody may read themselves. @throws {DatabaseUnavailable} */
export async function getUser(actor: Actor, id: string): Promise<GetUserOutcome> {
  if (id !== actor.userId && !may(actor, "read", "User")) return { kind: "forbidden" };
  if (!isUserId(id)) return { kind: "notFound" };
  const row = await query((db) => db.user.findUnique({ where: { id }, select: userColumns }));
  if (row === null) return { kind: "notFound" };
  const user = toUserView(row);
  // Not "forbidden": whether somebody out of the actor's reach exists is none of their business.
  if (id !== actor.userId && !may(actor, "read", "User", user)) return { kind: "notFound" };
  return { kind: "found", user, etag: userEtag(row) };
}
