import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { transaction } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";
import { isUserId as isId } from "@/lib/users/schema";
import { joinLinkColumns, mayLetIn } from "./join-link";

type RevokeJoinLinkOutcome = { kind: "revoked" } | Refusal<"forbidden" | "notFound">;

/** Takes a link for several people back; who waits goes on waiting. Doing it twice is fine. @throws {DatabaseUnavailable} */
export async function revokeJoinLink(actor: Actor, id: string): Promise<RevokeJoinLinkOutcome> {
  if (!may(actor, "create", "User")) return { kind: "forbidden" };
  if (!isId(id)) return { kind: "notFound" };
  return transaction(async (tx): Promise<RevokeJoinLinkOutcome> => {
    await lockRows(tx, "join_links", [id]);
    const link = await tx.joinLink.findUnique({ where: { id }, select: joinLinkColumns });
    if (link === null || !mayLetIn(actor, link.role)) return { kind: "notFound" };
    if (link.revokedAt !== null) return { kind: "revoked" };
    await tx.joinLink.update({
      where: { id },
      data: { revokedAt: databaseNow() },
      select: { id: true },
    });
    await record(tx, actor, {
      action: "joinLink.revoked",
      target: { type: "joinLink", id, label: link.name },
    });
    return { kind: "revoked" };
  });
}
