import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { type Prisma, query } from "@/lib/platform/db";
import { decodeCursor, encodeCursor, literalLike, PageLimit, queryText } from "@/lib/platform/page";

/** One line of the audit trail: who did what to whom, when, from where, by which door. */
export const EventView = z
  .object({
    id: z.int().positive(),
    at: z.iso.datetime(),
    action: z.string(),
    actor: z
      .object({ id: z.guid().nullable(), label: z.string() })
      .meta({ description: "`id` is null when a part of the system acted without a person." }),
    target: z.object({ type: z.string(), id: z.string(), label: z.string() }).nullable(),
    door: z.string().nullable(),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "AuditEvent" });
export type EventView = z.output<typeof EventView>;

export type ListEventsOutcome =
  | { kind: "listed"; events: EventView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | { kind: "invalid"; field: string };

export const EventQuery = z.object({
  limit: PageLimit,
  cursor: z.string().max(200).optional(),
  action: queryText(64).optional(),
  actorId: z.guid().optional(),
  targetId: queryText(64).optional(),
  search: queryText(200).optional(),
});

const Cursor = z.object({ id: z.number().int().positive() });

/** One page of the audit trail, newest first. @throws {DatabaseUnavailable} */
export async function listEvents(actor: Actor, input: unknown): Promise<ListEventsOutcome> {
  if (!may(actor, "read", "AuditEvent")) return { kind: "forbidden" };
  const parsed = EventQuery.safeParse(input);
  if (!parsed.success) {
    return { kind: "invalid", field: String(parsed.error.issues[0]?.path[0] ?? "query") };
  }
  const { limit, cursor, action, actorId, targetId, search } = parsed.data;
  const position = cursor === undefined ? undefined : decodeCursor(Cursor, cursor);
  if (position === null) return { kind: "invalid", field: "cursor" };

  const filter: Prisma.AuditEventWhereInput = {
    ...(position && { id: { lt: position.id } }),
    ...(action && { action }),
    ...(actorId && { actorId }),
    ...(targetId && { targetId }),
    ...(search && {
      OR: (["actorLabel", "targetLabel", "address"] as const).map((field) => ({
        [field]: { contains: literalLike(search), mode: "insensitive" },
      })),
    }),
  };
  const rows = await query((db) =>
    db.auditEvent.findMany({ where: filter, orderBy: { id: "desc" }, take: limit + 1 }),
  );
  const events = rows.slice(0, limit).map(
    (row): EventView => ({
      id: Number(row.id),
      at: row.at.toISOString(),
      action: row.action,
      actor: { id: row.actorId, label: row.actorLabel },
      target:
        row.targetId === null
          ? null
          : { type: row.targetType ?? "", id: row.targetId, label: row.targetLabel ?? "" },
      door: row.door,
      address: row.address,
      requestId: row.requestId,
      details: row.details as Record<string, unknown>,
    }),
  );
  const last = events.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { kind: "listed", events, nextCursor: more ? encodeCursor({ id: last.id }) : null };
}
