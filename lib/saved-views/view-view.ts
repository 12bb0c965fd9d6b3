import { z } from "zod";
import type { Actor } from "@/lib/access/actor";

/** A named search, filter and order of the list of users. */
export const SavedView = z
  .object({
    id: z.guid(),
    name: z.string(),
    query: z.string().meta({
      description: "A query of `GET /v1/users` without the question mark; empty for everybody.",
    }),
    shared: z
      .boolean()
      .meta({ description: "Whether everybody who may list users sees it, not only its owner." }),
    owner: z.object({ id: z.guid(), email: z.string() }),
  })
  .meta({ id: "SavedView" });
export type SavedView = z.output<typeof SavedView>;

export const viewColumns = {
  id: true,
  name: true,
  query: true,
  shared: true,
  user: { select: { id: true, email: true } },
} as const;

export function toSavedView({
  user,
  ...view
}: Omit<SavedView, "owner"> & { user: SavedView["owner"] }): SavedView {
  return { ...view, owner: user };
}

/** The views an actor sees: their own, and those that are shared. */
export const seenBy = (actor: Pick<Actor, "userId">) => ({
  OR: [{ userId: actor.userId }, { shared: true }],
});
