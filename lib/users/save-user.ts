import type { Actor } from "@/lib/access/actor";
import { record } from "@/lib/audit/record";
import type { Prisma, Tx } from "@/lib/platform/db";
import { toUserView, type UserRow, type UserView, userColumns, userEtag } from "./user-view";

/**
 * Writes what has been judged, as one edit (a new version), and one audit event that says from what to what.
 *
 * @param before the row that the transaction holds
 */
export async function saveUser(
  tx: Tx,
  actor: Actor,
  before: UserRow,
  { data, details }: { data: Prisma.UserUncheckedUpdateInput; details: Record<string, unknown> },
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
