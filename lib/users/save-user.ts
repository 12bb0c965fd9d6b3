import type { Actor } from "@/lib/access/actor";
import { record, recordAll } from "@/lib/audit/record";
import type { Prisma, Tx } from "@/lib/platform/db";
import { toUserView, type UserRow, type UserView, userColumns, userEtag } from "./user-view";

/** What an edit writes, and what the audit trail keeps of it: from what to what. */
export type Change = {
  data: Prisma.UserUncheckedUpdateManyInput;
  details: Record<string, unknown>;
};

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

/** The same for many: those to whom the same is written are written in one statement. */
export async function saveUsers(
  tx: Tx,
  actor: Pick<Actor, "userId" | "email">,
  edits: readonly { id: string; email: string; change: Change }[],
): Promise<void> {
  const alike = new Map<string, { data: Change["data"]; ids: string[] }>();
  for (const { id, change } of edits) {
    const key = JSON.stringify(change.data);
    const known = alike.get(key) ?? { data: change.data, ids: [] };
    known.ids.push(id);
    alike.set(key, known);
  }
  for (const { data, ids } of alike.values()) {
    await tx.user.updateMany({
      where: { id: { in: ids } },
      data: { ...data, version: { increment: 1 } },
    });
  }
  await recordAll(
    tx,
    actor,
    edits.map(({ id, email, change: { details } }) => ({
      action: "user.updated",
      target: { type: "user", id, label: email },
      details,
    })),
  );
}
