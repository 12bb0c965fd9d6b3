import { z } from "zod";
import type { Prisma } from "@/lib/platform/db";
import { RULES } from "@/lib/users/schema";
import { OUTCOMES, type Outcome } from "./job-view";

/** Why a user was left as it was. A rule of a user's fields, of an import; or one of these. */
const REASONS = [
  "yourself",
  "forbidden",
  "lastAdmin",
  "notFound",
  "duplicate",
  "tooManyCells",
  "roleUnknown",
  "roleAmbiguous",
  "keptOut",
  "emailTaken",
] as const;

/** What an item of an import holds beside its outcome: new users canonical, rejected cells as they were written. */
export const ItemData = z.object({
  email: z.string().optional(),
  name: z.string().nullable(),
  role: z.string(),
  /** Of a rejected row whose file has a column about it. */
  status: z.string().optional(),
  column: z.enum(["email", "name", "role", "status"]).nullable().optional(),
  firstLine: z.int().optional(),
  /** The character that nobody sees, as "U+200B". */
  mark: z.string().optional(),
});
export type ItemData = z.output<typeof ItemData>;

/** One user of a job, or one line of an imported file, and what came of it. */
export const JobItemView = z.object({
  /** From 1 in the order of work; of an import, the line in the file. */
  position: z.int(),
  userId: z.guid().nullable(),
  /** The e-mail address, as far as it is known. */
  label: z.string(),
  outcome: z.enum(OUTCOMES),
  reason: z.enum([...new Set([...REASONS, ...RULES])]).nullable(),
  /** Of an import. */
  data: ItemData.nullable(),
});
export type JobItemView = z.output<typeof JobItemView>;

export const itemColumns = {
  position: true,
  userId: true,
  label: true,
  outcome: true,
  reason: true,
  data: true,
} satisfies Prisma.JobItemSelect;

export function toJobItemView(
  row: Prisma.JobItemGetPayload<{ select: typeof itemColumns }>,
): JobItemView {
  return {
    position: row.position,
    userId: row.userId,
    label: row.label,
    outcome: row.outcome.toLowerCase() as Outcome,
    reason: row.reason as JobItemView["reason"],
    data: row.data as ItemData | null,
  };
}
