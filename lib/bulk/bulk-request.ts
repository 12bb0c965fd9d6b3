import { z } from "zod";
import { queryText } from "@/lib/platform/page";
import { UserFilter } from "@/lib/users/list/user-filter";

/** More than that many at once is no bulk action but a migration. */
export const BULK_MAX_USERS = 50_000;
/** So many users may be named one by one; more are meant by a filter. */
const BULK_MAX_IDS = 1_000;

/** What is to be done to many users. */
export const BulkRequest = z.discriminatedUnion("action", [
  z.object({
    action: z.literal("disable"),
    /** Only administrators see it. */
    reason: queryText(500)
      .refine((text) => text.isWellFormed())
      .default(""),
  }),
  z.object({ action: z.literal("enable") }),
  z.object({ action: z.literal("changeRole"), role: queryText(64).min(1) }),
  z.object({ action: z.literal("signOut") }),
  z.object({ action: z.literal("delete") }),
]);
export type BulkRequest = z.output<typeof BulkRequest>;
export type BulkAction = BulkRequest["action"];

/** To whom: some users by id, or everybody whom a filter of the list means. A filter with a slip means nobody. */
export type BulkSelection = { ids: string[] } | { filter: UserFilter };

/** What is asked, of whom, and whether only to say what would happen. */
export const BulkInput = z.intersection(
  BulkRequest,
  z
    .object({
      ids: z.array(z.guid().toLowerCase()).min(1).max(BULK_MAX_IDS).optional(),
      filter: z.strictObject(UserFilter.shape).optional(),
      dryRun: z.boolean().default(false),
      /** The preview's `total`: if the selection has become another, nothing is started. */
      expected: z.int().optional(),
    })
    .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), { path: ["ids"] }),
);
