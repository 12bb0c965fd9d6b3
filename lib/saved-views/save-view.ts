import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { isUnlimited, may } from "@/lib/access/policy";
import { isUniqueViolation, transaction } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";
import { type Issue, issuesOf, PersonName } from "@/lib/users/schema";
import { canonicalViewQuery } from "./view-query";
import { type SavedView, toSavedView, viewColumns } from "./view-view";

/** Views that one person may keep. */
export const SAVED_VIEWS_MAX = 30;

type SaveViewOutcome =
  | { kind: "saved"; view: SavedView }
  | { kind: "forbidden" }
  | { kind: "invalid"; issues: Issue[] }
  /** The actor has another view of this name. */
  | { kind: "taken" }
  /** The actor has as many views as anybody may have. */
  | { kind: "full" };

export const ViewInput = z.object({
  name: PersonName.pipe(z.string().max(60, "nameTooLong")),
  query: z
    .string("invalid")
    .max(10_000, "invalid")
    .transform((text, context) => {
      const canonical = canonicalViewQuery(text);
      if (canonical === null) context.addIssue({ code: "custom", message: "invalid" });
      return canonical ?? z.NEVER;
    })
    .pipe(z.string()),
});

/**
 * Keeps a search, filter and order of the list under a name, for the actor alone. Not in the audit trail: it
 * changes nothing for anybody else (share-view.ts does).
 *
 * @param input `{ name: 1..60 characters, query: search string of the list }`
 * @throws {DatabaseUnavailable}
 */
export async function saveView(actor: Actor, input: unknown): Promise<SaveViewOutcome> {
  if (!isUnlimited(actor) || !may(actor, "read", "User")) return { kind: "forbidden" };
  const parsed = ViewInput.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: issuesOf(parsed.error) };
  try {
    return await transaction(async (tx) => {
      // One at a time for each person, so that two at once cannot both be the last that fits.
      await lockRows(tx, "users", [actor.userId]);
      const count = await tx.savedView.count({ where: { userId: actor.userId } });
      if (count >= SAVED_VIEWS_MAX) return { kind: "full" };
      const row = await tx.savedView.create({
        data: { userId: actor.userId, ...parsed.data },
        select: viewColumns,
      });
      return { kind: "saved", view: toSavedView(row) };
    });
  } catch (error) {
    if (isUniqueViolation(error)) return { kind: "taken" };
    throw error;
  }
}
