import type { Actor, Policy } from "@/lib/access/actor";
import { may, mayGovern } from "@/lib/access/policy";
import { record } from "@/lib/audit/record";
import { promiseBroken, transaction } from "@/lib/platform/db";
import { isUserId } from "./schema";

export type DeleteUserOutcome =
  | { kind: "deleted" }
  | { kind: "forbidden" }
  | { kind: "notFound" }
  | { kind: "lastAdmin" };

/** Removes a user with all sessions and tokens; the audit trail keeps who it was. @throws {DatabaseUnavailable} */
export async function deleteUser(actor: Actor, id: string): Promise<DeleteUserOutcome> {
  if (!may(actor, "delete", "User")) return { kind: "forbidden" };
  if (!isUserId(id)) return { kind: "notFound" };
  try {
    return await transaction(async (tx): Promise<DeleteUserOutcome> => {
      const user = await tx.user.findUnique({
        where: { id },
        select: { email: true, role: { select: { slug: true, policies: true } } },
      });
      if (user === null) return { kind: "notFound" };
      if (!mayGovern(actor, user.role.policies as Policy[])) return { kind: "forbidden" };
      // Not `delete`: two who remove the same user at once are both right, and one of them is late.
      const { count } = await tx.user.deleteMany({ where: { id } });
      if (count === 0) return { kind: "notFound" };
      await record(tx, actor, {
        action: "user.deleted",
        target: { type: "user", id, label: user.email },
        details: { role: user.role.slug },
      });
      return { kind: "deleted" };
    });
  } catch (error) {
    if (promiseBroken(error) === "LAST_ADMIN") return { kind: "lastAdmin" };
    throw error;
  }
}
