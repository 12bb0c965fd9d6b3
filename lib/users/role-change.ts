import type { Actor } from "@/lib/access/actor";
import { mayGovern } from "@/lib/access/policy";
import type { Policy } from "@/lib/access/schema";
import type { Tx } from "@/lib/platform/db";
import { readPolicies } from "@/lib/roles/read-policies";
import type { Change, SharedData } from "./save-user";

/** A role that a user is to get. */
export type NewRole = { id: string; slug: string; policies: readonly Policy[] | null };

type NewRoleOutcome =
  | { kind: "granted"; role: NewRole }
  | { kind: "roleUnknown" }
  /** It allows more than the actor may. */
  | { kind: "forbidden" };

/** The columns that decide whether a role may be handed out. */
export const newRoleColumns = { id: true, slug: true, policies: true } as const;

/** Whether a role that was looked up exists, and `actor` may hand it out. */
export function judgeNewRole(
  actor: Pick<Actor, "role" | "limits">,
  found: { id: string; slug: string; policies: unknown } | null | undefined,
): NewRoleOutcome {
  if (!found) return { kind: "roleUnknown" };
  const role = { ...found, policies: readPolicies(found) };
  return mayGovern(actor, role.policies) ? { kind: "granted", role } : { kind: "forbidden" };
}

/** The role of this slug, if `actor` may hand it out. */
export async function findNewRole(
  client: Tx,
  actor: Pick<Actor, "role" | "limits">,
  slug: string,
): Promise<NewRoleOutcome> {
  const found = await client.role.findUnique({ where: { slug }, select: newRoleColumns });
  return judgeNewRole(actor, found);
}

/** What getting a role changes. */
export function roleChange(before: { role: { slug: string } }, role: NewRole): Change<SharedData> {
  if (role.slug === before.role.slug) return { data: {}, details: {} };
  return {
    data: { roleId: role.id },
    details: { role: { from: before.role.slug, to: role.slug } },
  };
}
