import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { isUserId } from "@/lib/users/schema";

type DeleteViewOutcome = { kind: "deleted" } | { kind: "forbidden" } | { kind: "notFound" };

/** Forgets one of the actor's own saved views. @throws {DatabaseUnavailable} */
export async function deleteView(actor: Actor, id: string): Promise<DeleteViewOutcome> {
  if (!may(actor, "read", "User")) return { kind: "forbidden" };
  if (!isUserId(id)) return { kind: "notFound" };
  const { count } = await query((db) =>
    db.savedView.deleteMany({ where: { id, userId: actor.userId } }),
  );
  return count === 1 ? { kind: "deleted" } : { kind: "notFound" };
}
