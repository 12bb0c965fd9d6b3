import { z } from "zod";
import type { Prisma } from "@/lib/platform/db";

/** One event of the audit trail: who did what to whom, when, from where, by which door. */
export const EventView = z
  .object({
    /** Ascending in the order of appending; some numbers are never used. */
    id: z.int(),
    at: z.iso.datetime(),
    action: z.string(),
    /** `id` is null when a part of the system acted without a person. */
    actor: z.object({ id: z.string().nullable(), label: z.string() }),
    target: z.object({ type: z.string(), id: z.string(), label: z.string() }).nullable(),
    door: z.string().nullable(),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    /** SHA-256 over this event and the hash of the one before, in hexadecimal; null until it is sealed, a second later. */
    hash: z.string().nullable(),
  })
  .meta({ id: "AuditEvent" });
export type EventView = z.output<typeof EventView>;

/** The columns a view is made of. */
export const eventColumns = {
  id: true,
  at: true,
  action: true,
  actorId: true,
  actorLabel: true,
  targetType: true,
  targetId: true,
  targetLabel: true,
  door: true,
  address: true,
  requestId: true,
  details: true,
} satisfies Prisma.AuditEventSelect;

type EventRow = Prisma.AuditEventGetPayload<{ select: typeof eventColumns }>;

export function toEventView(row: EventRow, hash: string | null): EventView {
  return {
    id: Number(row.id),
    at: row.at.toISOString(),
    action: row.action,
    actor: { id: row.actorId, label: row.actorLabel },
    target:
      row.targetType === null || row.targetId === null || row.targetLabel === null
        ? null
        : { type: row.targetType, id: row.targetId, label: row.targetLabel },
    door: row.door,
    address: row.address,
    requestId: row.requestId,
    details: row.details as Record<string, unknown>,
    hash,
  };
}
