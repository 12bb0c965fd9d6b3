import type { Actor } from "@/lib/access/actor";
import type { Prisma, Tx } from "@/lib/platform/db";
import { getRequestContext } from "@/lib/platform/request-context";
import type { AuditAction } from "./schema";

export type AuditEvent = {
  action: AuditAction;
  target?: { type: "user" | "session" | "role" | "token" | "job"; id: string; label: string };
  /** Through which door, where there are several. */
  door?: string;
  /** JSON facts worth keeping: what changed from what to what. Never a secret. */
  details?: Record<string, unknown>;
};

/** A person, or the part of the system that acts without one. */
export type AuditActor =
  | Pick<Actor, "userId" | "email">
  | { system: "setup" | "operator" | "sign-up secret" };

/**
 * Appends to the audit trail inside the transaction of the change, so that both live or die together. The
 * database numbers, dates and chains the row.
 */
export async function record(tx: Tx, actor: AuditActor, event: AuditEvent): Promise<void> {
  const request = getRequestContext();
  // What a session runs on is known of its request, like the address.
  const device = event.action === "session.started" &&
    request?.userAgent && { userAgent: request.userAgent };
  await tx.auditEvent.create({
    data: {
      action: event.action,
      actorId: "userId" in actor ? actor.userId : null,
      actorLabel: "userId" in actor ? actor.email : actor.system,
      targetType: event.target?.type ?? null,
      targetId: event.target?.id ?? null,
      targetLabel: event.target?.label ?? null,
      door: event.door ?? null,
      address: request?.address ?? null,
      requestId: request?.id ?? null,
      details: { ...device, ...event.details } as Prisma.InputJsonObject,
    },
    select: { id: true },
  });
}
