import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { SAVED_VIEWS_MAX } from "./save-view";

/** A named search, filter and order of the list; `query` is a search string without "?", empty for everybody. */
export type SavedView = { id: string; name: string; query: string };

/** The actor's own views by name; none for an actor who may not read users. @throws {DatabaseUnavailable} */
export async function listSavedViews(actor: Actor): Promise<SavedView[]> {
  if (!may(actor, "read", "User")) return [];
  return query((db) =>
    db.savedView.findMany({
      where: { userId: actor.userId },
      select: { id: true, name: true, query: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: SAVED_VIEWS_MAX,
    }),
  );
}
