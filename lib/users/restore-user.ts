import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { mustConfirmFor } from "@/lib/access/recently-confirmed";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { isUniqueViolation, type Prisma, transaction } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";
import { toTarget } from "./find-target";
import { judgeReach } from "./reach-user";
import { isUserId, USER_ROLE } from "./schema";
import { toUserView, type UserView, userColumns, userEtag } from "./user-view";

type RestoreUserOutcome =
  /** `roleGone`: the role does not exist any more; the user has got the plain one. */
  | { kind: "restored"; user: UserView; etag: string; roleGone: boolean }
  | Refusal<"forbidden" | "unconfirmed">
  /** Never deleted, restored already, or for too long. */
  | { kind: "notFound" }
  /** Somebody else has the e-mail address now. */
  | { kind: "emailTaken" };

/**
 * Puts a deleted user back: the same id, number, password, role and metadata. Sessions, tokens and links do not come
 * back.
 *
 * @throws {DatabaseUnavailable}
 */
export async function restoreUser(actor: Actor, id: string): Promise<RestoreUserOutcome> {
  if (!may(actor, "delete", "User")) return { kind: "forbidden" };
  if (!isUserId(id)) return { kind: "notFound" };
  try {
    return await transaction(async (tx): Promise<RestoreUserOutcome> => {
      // Two who restore the same user at once: the second finds nobody.
      await lockRows(tx, "deleted_users", [id]);
      const found = await tx.deletedUser.findUnique({ where: { id } });
      if (found === null || found.purgeAt <= databaseNow()) return { kind: "notFound" };
      const { deletedAt, deletedById, deletedByLabel, purgeAt, roleId, plainName, ...kept } = found;
      const role = await tx.role.findUniqueOrThrow({
        where: roleId === null ? { slug: USER_ROLE } : { id: roleId },
        select: { id: true, slug: true, name: true, policies: true },
      });
      const { passwordHash, ...visible } = kept;
      const target = toTarget({ ...visible, role });
      const reach = judgeReach(actor, "delete", target);
      if (reach !== "reached") return { kind: reach };
      if (mustConfirmFor(actor, target.policies)) return { kind: "unconfirmed" };

      await tx.deletedUser.delete({ where: { id }, select: { id: true } });
      const row = await tx.user.create({
        data: {
          ...kept,
          metadata: kept.metadata as Prisma.InputJsonObject,
          roleId: role.id,
          version: kept.version + 1,
          updatedAt: databaseNow(),
        },
        select: userColumns,
      });
      const roleGone = roleId === null;
      await record(tx, actor, {
        action: "user.restored",
        target: { type: "user", id, label: row.email },
        details: { role: role.slug, ...(roleGone && { roleGone }) },
      });
      return { kind: "restored", user: toUserView(row), etag: userEtag(row), roleGone };
    });
  } catch (error) {
    if (isUniqueViolation(error)) return { kind: "emailTaken" };
    throw error;
  }
}
