import type { Actor } from "@/lib/access/actor";
import type { Prisma, Tx } from "@/lib/platform/db";
import { getRequestContext } from "@/lib/platform/request-context";

/** What happened, in the past tense of the thing it happened to. */
export type AuditAction =
  | "installation.claimed"
  | "session.started"
  | "session.ended"
  | "session.refreshReused"
  | "user.created"
  | "user.updated"
  | "user.deleted"
  | "user.recovered"
  | "user.passwordChanged"
  | "user.invited"
  | "user.joined"
  | "user.invitationRevoked"
  | "user.passwordResetStarted"
  | "user.passwordReset"
  | "user.restored"
  | "user.imported"
  | "users.exported"
  | "role.created"
  | "role.updated"
  | "role.deleted"
  | "token.created"
  | "token.revoked"
  | "job.started"
  | "job.finished"
  | "audit.exported";

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
  await recordAll(tx, actor, [event]);
}

/** Appends many events in one statement, in their order. */
export async function recordAll(
  tx: Tx,
  actor: AuditActor,
  events: readonly AuditEvent[],
): Promise<void> {
  const request = getRequestContext();
  await tx.auditEvent.createMany({
    data: events.map((event) => ({
      action: event.action,
      actorId: "userId" in actor ? actor.userId : null,
      actorLabel: "userId" in actor ? actor.email : actor.system,
      targetType: event.target?.type ?? null,
      targetId: event.target?.id ?? null,
      targetLabel: event.target?.label ?? null,
      door: event.door ?? null,
      address: request?.address ?? null,
      requestId: request?.id ?? null,
      details: (event.details ?? {}) as Prisma.InputJsonObject,
    })),
  });
}
