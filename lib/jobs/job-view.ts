import { z } from "zod";
import { IMPORT_FIELDS } from "@/lib/import/limits";
import type { Prisma } from "@/lib/platform/db";
import { UserFilter } from "@/lib/users/list/user-filter";

const JOB_KINDS = ["disable", "enable", "changeRole", "signOut", "delete", "import"] as const;
export const JOB_STATES = ["draft", "running", "done", "cancelled", "stopped"] as const;
export const OUTCOMES = ["pending", "changed", "unchanged", "rejected"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What a job was asked to do, beyond its kind. */
export const JobOptions = z.object({
  /** Of disable. */
  reason: z.string().optional(),
  /** Of changeRole: the slug. */
  role: z.string().optional(),
  /** Of a selection by filter. */
  filter: UserFilter.optional(),
  /** Of an import: the name of the file, as what its text and each of its columns were read, and what was not used. */
  file: z.string().optional(),
  encoding: z.enum(["utf-8", "utf-16", "windows-1252"]).optional(),
  columns: z
    .array(z.object({ title: z.string(), field: z.enum(IMPORT_FIELDS), secret: z.boolean() }))
    .optional(),
  ignored: z.array(z.string()).optional(),
  /** How many of the new users get which role. */
  roles: z.array(z.object({ slug: z.string(), name: z.string(), count: z.int() })).optional(),
});
export type JobOptions = z.output<typeof JobOptions>;

/** A job as the world sees it. `changed`, `unchanged` and `rejected` grow until they add up to `total`. */
export const JobView = z.object({
  id: z.guid(),
  kind: z.enum(JOB_KINDS),
  state: z.enum(JOB_STATES),
  options: JobOptions,
  total: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  /** Of a stopped job: its creator is gone or disabled or the token revoked, they may no longer do this, the role is gone, or a fault of ours. */
  stoppedBecause: z.enum(["creatorGone", "forbidden", "roleUnknown", "failed"]).nullable(),
  creator: z.object({ id: z.guid(), email: z.string() }),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type JobView = z.output<typeof JobView>;

export type JobRow = Prisma.JobGetPayload<object>;

export function toJobView(row: JobRow): JobView {
  return {
    id: row.id,
    kind: row.kind as JobView["kind"],
    state: row.state.toLowerCase() as JobView["state"],
    options: row.options as JobOptions,
    total: row.total,
    changed: row.changed,
    unchanged: row.unchanged,
    rejected: row.rejected,
    stoppedBecause: row.stoppedBecause as JobView["stoppedBecause"],
    creator: { id: row.creatorId, email: row.creatorEmail },
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
