import { z } from "zod";
import { pageFields, readPage } from "@/lib/platform/keyset-page";
import { isStorableText } from "@/lib/users/limits";

export const RoleQuery = z.object(pageFields(1_000));

const Position = z.object({
  predefined: z.boolean(),
  name: z.string().max(120).refine(isStorableText),
  id: z.guid(),
});
type Position = z.output<typeof Position>;

/** The order of every list of roles: ours first, then by name. */
export const ROLE_ORDER = {
  /** The roles behind a position. */
  behind: (after: Position | undefined) =>
    after
      ? {
          OR: [
            ...(after.predefined ? [{ predefined: false }] : []),
            { predefined: after.predefined, name: { gt: after.name } },
            { predefined: after.predefined, name: after.name, id: { gt: after.id } },
          ],
        }
      : {},
  orderBy: [{ predefined: "desc" }, { name: "asc" }, { id: "asc" }],
  positionOf: ({ predefined, name, id }: Position): Position => ({ predefined, name, id }),
} as const;

export type InvalidRolePage = {
  kind: "invalid";
  issues: { path: string[]; rule: "invalid" }[];
};

/** What the query of a list of roles asks for. */
export function readRolePage(input: unknown) {
  const page = readPage(RoleQuery, Position, input);
  if (page.kind === "page") return page;
  return {
    kind: "invalid",
    issues: [{ path: [page.field], rule: "invalid" }],
  } satisfies InvalidRolePage;
}
