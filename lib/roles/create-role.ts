import type { Actor } from "@/lib/access/actor";
import { may, mayGovern } from "@/lib/access/policy";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { transaction } from "@/lib/platform/db";
import { countHolders } from "./count-holders";
import { freeSlug } from "./free-slug";
import { isNameTaken, lockRoles } from "./lock-roles";
import { type RoleView, roleColumns, roleEtag, toRoleView } from "./role-view";
import { ROLES_MAX, RoleInput, type RoleIssue, roleIssuesOf } from "./schema";

export type CreateRoleOutcome =
  | { kind: "created"; role: RoleView; etag: string }
  | { kind: "forbidden" }
  /** It would allow more than the actor may. */
  | { kind: "beyondOwn" }
  | { kind: "invalid"; issues: RoleIssue[] };

/**
 * Creates a role, with a slug made from its name.
 *
 * @param input `{ name, policies?, secondFactor? }`; unknown fields are ignored, except in policies
 * @throws {DatabaseUnavailable}
 */
export async function createRole(actor: Actor, input: unknown): Promise<CreateRoleOutcome> {
  if (!may(actor, "create", "Role")) return { kind: "forbidden" };
  const parsed = RoleInput.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: roleIssuesOf(parsed.error) };
  const { name, policies, secondFactor } = parsed.data;
  if (!mayGovern(actor, policies)) return { kind: "beyondOwn" };

  return transaction(async (tx): Promise<CreateRoleOutcome> => {
    const roles = await lockRoles(tx);
    if (isNameTaken(name, roles)) {
      return { kind: "invalid", issues: [{ path: ["name"], rule: "nameTaken" }] };
    }
    if (roles.length >= ROLES_MAX) {
      return { kind: "invalid", issues: [{ path: ["name"], rule: "tooManyRoles" }] };
    }
    const slug = freeSlug(
      name,
      roles.map((role) => role.slug),
    );
    const row = await tx.role.create({
      data: {
        slug,
        name,
        policies,
        ...(secondFactor && {
          secondFactorGraceDays: secondFactor.graceDays,
          secondFactorRequiredSince: databaseNow(),
        }),
      },
      select: roleColumns,
    });
    await record(tx, actor, {
      action: "role.created",
      target: { type: "role", id: row.id, label: name },
      details: {
        slug,
        policies: { from: null, to: JSON.stringify(policies) },
        ...(secondFactor && { secondFactorGraceDays: { from: null, to: secondFactor.graceDays } }),
      },
    });
    const holders = await countHolders(tx, actor, row.id);
    return { kind: "created", role: toRoleView(row, holders), etag: roleEtag(row) };
  });
}
