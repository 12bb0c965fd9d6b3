import type { Actor } from "@/lib/access/actor";
import { insertEventAboutUsers, record } from "@/lib/audit/record";
import { alike } from "@/lib/platform/alike";
import { Prisma, type Tx, type UserStatus } from "@/lib/platform/db";
import { toUserView, type UserRow, type UserView, userColumns, userEtag } from "./user-view";

/** What an edit writes, and what the audit trail keeps of it: from what to what. */
export type Change<Data = Prisma.UserUncheckedUpdateManyInput> = {
  data: Data;
  details: Record<string, unknown>;
};

/** What can be written to many at once. */
export type SharedData = { status?: UserStatus; disabledReason?: string | null; roleId?: string };

/** Several changes as one edit. */
export function together(...changes: readonly Change[]): Change {
  return {
    data: Object.assign({}, ...changes.map(({ data }) => data)),
    details: Object.assign({}, ...changes.map(({ details }) => details)),
  };
}

/**
 * Writes what has been judged, as one edit (a new version), and one audit event.
 *
 * @param before the row that the transaction holds
 */
export async function saveUser(
  tx: Tx,
  actor: Actor,
  before: UserRow,
  { data, details }: Change,
): Promise<{ kind: "updated"; user: UserView; etag: string }> {
  const { id, email } = before;
  const after = await tx.user.update({
    where: { id },
    data: { ...data, version: { increment: 1 } },
    select: userColumns,
  });
  const target = { type: "user", id, label: email } as const;
  await record(tx, actor, { action: "user.updated", target, details });
  return { kind: "updated", user: toUserView(after), etag: userEtag(after) };
}

/** The same for many: those to whom the same is written are written and recorded in one statement. */
export async function saveUsers(
  tx: Tx,
  actor: Pick<Actor, "userId" | "email">,
  edits: readonly { id: string; change: Change<SharedData> }[],
): Promise<void> {
  for (const same of alike(edits, ({ change }) => JSON.stringify(change))) {
    const { data, details } = same[0].change;
    const event = { action: "user.updated", details } as const;
    await tx.$executeRaw`
      WITH "saved" AS (
        UPDATE "users" SET ${Prisma.join([...assignments(data), Prisma.sql`"version" = "version" + 1`])}
        WHERE "id" = ANY(${same.map(({ id }) => id)}::uuid[])
        RETURNING "id", "email"
      )
      ${insertEventAboutUsers(actor, event, Prisma.sql`"saved"`)}`;
  }
}

function assignments({ status, disabledReason, roleId }: SharedData): Prisma.Sql[] {
  return [
    ...(status === undefined ? [] : [Prisma.sql`"status" = ${status.toLowerCase()}::user_status`]),
    ...(disabledReason === undefined ? [] : [Prisma.sql`"disabled_reason" = ${disabledReason}`]),
    ...(roleId === undefined ? [] : [Prisma.sql`"role_id" = ${roleId}::uuid`]),
  ];
}
