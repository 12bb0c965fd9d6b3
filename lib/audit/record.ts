import type { Actor } from "@/lib/access/actor";
import type { Tx } from "@/lib/platform/db";
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

/** Appends many events in one statement, in their order. In SQL, because thousands through Prisma take seconds. */
export async function recordAll(
  tx: Tx,
  actor: AuditActor,
  events: readonly AuditEvent[],
): Promise<void> {
  const request = getRequestContext();
  const column = (of: (event: AuditEvent) => string | undefined) =>
    events.map((event) => of(event) ?? null);
  await tx.$executeRaw`
    INSERT INTO "audit_events" (
      "actor_id", "actor_label", "address", "request_id",
      "action", "target_type", "target_id", "target_label", "door", "details"
    )
    SELECT
      ${"userId" in actor ? actor.userId : null}::uuid,
      ${"userId" in actor ? actor.email : actor.system},
      ${request?.address ?? null},
      ${request?.id ?? null},
      event.*
    FROM unnest(
      ${column(({ action }) => action)}::text[],
      ${column(({ target }) => target?.type)}::text[],
      ${column(({ target }) => target?.id)}::text[],
      ${column(({ target }) => target?.label)}::text[],
      ${column(({ door }) => door)}::text[],
      ${column(({ details }) => JSON.stringify(details ?? {}))}::jsonb[]
    ) AS event`;
}
