import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { SAVED_VIEWS_MAX } from "./save-view";
import { type SavedView, seenBy, toSavedView, viewColumns } from "./view-view";

/** So many that others share are shown. */
const SHARED_MAX = 100;

/**
 * The actor's own views and those that are shared, by name; none for an actor who may not read users.
 *
 * @throws {DatabaseUnavailable}
 */
export async function listSavedViews(actor: Actor): Promise<SavedView[]> {
  if (!may(actor, "read", "User")) return [];
  const rows = await query((db) =>
    db.savedView.findMany({
      where: seenBy(actor),
      select: viewColumns,
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: SAVED_VIEWS_MAX + SHARED_MAX,
    }),
  );
  return rows.map(toSavedView);
}
