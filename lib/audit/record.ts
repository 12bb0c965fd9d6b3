import type { Actor } from "@/lib/access/actor";
import { Prisma, type Tx } from "@/lib/platform/db";
import { getRequestContext } from "@/lib/platform/request-context";
import type { AuditAction, AuditSubject, DoorName } from "./schema";
import { sealerBell } from "./sealer-bell";

type AuditEvent = {
  action: AuditAction;
  target?: { type: AuditSubject; id: string; label: string };
  /** Through which door, where there are several. */
  door?: DoorName;
  /** JSON facts worth keeping: what changed from what to what. Never a secret. */
  details?: Record<string, unknown>;
};

/** A person, or the part of the system that acts without one. */
export type AuditActor =
  | Pick<Actor, "userId" | "email">
  | {
      system:
        | "setup"
        | "operator"
        | "sign-up secret"
        | "sign-in limit"
        | "password request"
        | "schedule"
        | "join link";
    };

/**
 * Appends to the audit trail inside the transaction of the change, so that both live or die together. The
 * database numbers and dates the row; the sealer chains it when it is committed (see sealer.ts).
 */
export async function record(tx: Tx, actor: AuditActor, event: AuditEvent): Promise<void> {
  await tx.$executeRaw(insertEvent(actor, event));
}

/** What a session runs on is known of its request, like the address. */
function detailsOf({ action, details }: AuditEvent): Record<string, unknown> {
  const userAgent = action === "session.started" ? getRequestContext()?.userAgent : null;
  return { ...(userAgent && { userAgent }), ...details };
}

/** The statement of `record`, for one that does more; with `where` about other parts of it, as a CTE. */
export function insertEvent(
  actor: AuditActor,
  event: AuditEvent,
  where: Prisma.Sql = Prisma.sql`true`,
): Prisma.Sql {
  const { action, target, door } = event;
  return append(
    actor,
    Prisma.sql`${action}, ${target?.type ?? null}, ${target?.id ?? null}, ${target?.label ?? null},
      ${door ?? null}, ${JSON.stringify(detailsOf(event))}::jsonb
    WHERE ${where}`,
  );
}

/**
 * The statement that appends the same event about each of many users, whom the database knows already: nothing is sent
 * for each of them, and they are written and recorded in one statement.
 *
 * @param users the name of what is read from, with columns "id" and "email"
 */
export function insertEventAboutUsers(
  actor: AuditActor,
  { action, details = {} }: Pick<AuditEvent, "action" | "details">,
  users: Prisma.Sql,
): Prisma.Sql {
  const subject: AuditSubject = "user";
  return append(
    actor,
    Prisma.sql`${action}, ${subject}, "id"::text, "email", NULL, ${JSON.stringify(details)}::jsonb
      FROM ${users}`,
  );
}

function append(actor: AuditActor, events: Prisma.Sql): Prisma.Sql {
  sealerBell().ring();
  const request = getRequestContext();
  return Prisma.sql`
    INSERT INTO "audit_events" (
      "actor_id", "actor_label", "address", "request_id",
      "action", "target_type", "target_id", "target_label", "door", "details"
    )
    SELECT
      ${"userId" in actor ? actor.userId : null}::uuid,
      ${"userId" in actor ? actor.email : actor.system},
      ${request?.address ?? null},
      ${request?.id ?? null},
      ${events}`;
}
