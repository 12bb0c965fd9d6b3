import type { Actor } from "@/lib/access/actor";
import { SLUG } from "@/lib/access/conditions";
import { may, mayGovern } from "@/lib/access/policy";
import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";
import { readPolicies } from "./read-policies";

type DeleteRoleOutcome =
  | { kind: "deleted" }
  | { kind: "forbidden" }
  | { kind: "notFound" }
  | { kind: "fixed" }
  | { kind: "beyondOwn" }
  /** So many users have it. They need another role first. */
  | { kind: "inUse"; holders: number };

/** Deletes a role that nobody has. @throws {DatabaseUnavailable} */
export async function deleteRole(actor: Actor, slug: string): Promise<DeleteRoleOutcome> {
  if (!may(actor, "delete", "Role")) return { kind: "forbidden" };
  if (!SLUG.test(slug)) return { kind: "notFound" };
  return transaction(async (tx): Promise<DeleteRoleOutcome> => {
    // With the row locked nobody can be given the role any more: the foreign key waits for it.
    await lockRows(tx, "roles", [slug]);
    const role = await tx.role.findUnique({
      where: { slug },
      select: { id: true, slug: true, name: true, predefined: true, policies: true },
    });
    if (role === null) return { kind: "notFound" };
    if (role.predefined) return { kind: "fixed" };
    if (!mayGovern(actor, readPolicies(role))) return { kind: "beyondOwn" };
    const holders = await tx.user.count({ where: { roleId: role.id } });
    if (holders > 0) return { kind: "inUse", holders };
    await tx.role.delete({ where: { id: role.id } });
    await record(tx, actor, {
      action: "role.deleted",
      target: { type: "role", id: role.id, label: role.name },
      details: { slug, policies: { from: JSON.stringify(role.policies), to: null } },
    });
    return { kind: "deleted" };
  });
}
