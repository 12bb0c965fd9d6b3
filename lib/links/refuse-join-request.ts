import type { Actor } from "@/lib/access/actor";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import { takeJoinRequest } from "./join-request";

type RefuseJoinRequestOutcome = { kind: "refused" } | Refusal<"forbidden" | "notFound">;

/** Sends away somebody who waits; their place at the link is free again. @throws {DatabaseUnavailable} */
export async function refuseJoinRequest(
  actor: Actor,
  id: string,
): Promise<RefuseJoinRequestOutcome> {
  return transaction(async (tx): Promise<RefuseJoinRequestOutcome> => {
    const taken = await takeJoinRequest(tx, actor, id);
    if (taken.kind !== "taken") return taken;
    const { email, link } = taken.request;
    await tx.joinLink.update({
      where: { id: link.id },
      data: { uses: { decrement: 1 } },
      select: { id: true },
    });
    await record(tx, actor, {
      action: "joinRequest.refused",
      target: { type: "joinRequest", id, label: email },
      details: { role: link.role.slug, joinLink: link.id },
    });
    return { kind: "refused" };
  });
}
