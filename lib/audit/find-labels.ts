import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { type Prisma, query } from "@/lib/platform/db";
import type { EventFilter } from "./event-filter";

/** Under which names those of a filter were last seen in the trail; null for one who is not in it. */
type Labels = { actor: string | null; target: string | null };

/** What to call the ids of a filter. @throws {DatabaseUnavailable} */
export async function findLabels(
  actor: Actor,
  { actorId, targetId }: Pick<EventFilter, "actorId" | "targetId">,
): Promise<Labels> {
  if (!may(actor, "read", "AuditEvent")) return { actor: null, target: null };
  const orderBy: Prisma.AuditEventOrderByWithRelationInput[] = [{ at: "desc" }, { id: "desc" }];
  const [by, to] = await query((db) =>
    Promise.all([
      actorId
        ? db.auditEvent.findFirst({ where: { actorId }, select: { actorLabel: true }, orderBy })
        : null,
      targetId
        ? db.auditEvent.findFirst({ where: { targetId }, select: { targetLabel: true }, orderBy })
        : null,
    ]),
  );
  return { actor: by?.actorLabel ?? null, target: to?.targetLabel ?? null };
}
