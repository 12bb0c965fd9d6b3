import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { actionsOn, SUBJECT_NAMES } from "@/lib/access/conditions";
import { explain } from "@/lib/access/explain";
import { may } from "@/lib/access/policy";
import { Policy } from "@/lib/access/schema";
import { ALL_ACTIONS } from "@/lib/access/subjects";
import { query } from "@/lib/platform/db";
import { scopeOf } from "@/lib/rows/scope-of";
import { countHolders } from "./count-holders";
import { readPolicies } from "./read-policies";
import { Holders } from "./role-view";
import { ROLES_MAX } from "./schema";

/** What is to be done to what. */
export const AccessQuestion = z
  .object({ action: z.enum(ALL_ACTIONS), subject: z.enum(SUBJECT_NAMES) })
  .refine(({ action, subject }) => actionsOn(subject).includes(action), { path: ["action"] });

/** A policy and its place in its role, counted from 0. */
export const PlacedPolicy = Policy.safeExtend({ index: z.int().nonnegative() });
export type PlacedPolicy = z.output<typeof PlacedPolicy>;

/** The policy that an explanation names. */
export function placedPolicy(policies: readonly Policy[], index: number): PlacedPolicy {
  const policy = policies[index];
  if (policy === undefined) throw new Error(`There is no policy ${index}.`);
  return { ...policy, index };
}

export const WhoView = z
  .object({
    role: z.object({ id: z.guid(), slug: z.string(), name: z.string() }),
    policy: PlacedPolicy.meta({ description: "The policy that allows it." }),
    activeUsers: Holders.nullable().meta({
      description: "Active users with the role whom the caller may see; null when that is nobody.",
    }),
    users: z
      .array(z.object({ id: z.guid(), email: z.string(), name: z.string().nullable() }))
      .meta({ description: "The first few of them." }),
  })
  .meta({ id: "RoleThatAllows" });
export type WhoView = z.output<typeof WhoView>;

type WhoMayOutcome =
  | { kind: "answered"; roles: WhoView[] }
  | { kind: "forbidden" }
  | { kind: "invalid"; issues: { path: string[]; rule: "invalid" }[] };

const FIRST_USERS = 5;

/** Every role that allows an action on a subject, at least for some, and who has it; ours first. @throws {DatabaseUnavailable} */
export async function whoMay(actor: Actor, input: unknown): Promise<WhoMayOutcome> {
  if (!may(actor, "read", "Role")) return { kind: "forbidden" };
  const parsed = AccessQuestion.safeParse(input);
  if (!parsed.success) {
    const field = String(parsed.error.issues[0]?.path[0] ?? "query");
    return { kind: "invalid", issues: [{ path: [field], rule: "invalid" }] };
  }
  const { action, subject } = parsed.data;
  return query(async (db): Promise<WhoMayOutcome> => {
    const rows = await db.role.findMany({
      select: { id: true, slug: true, name: true, policies: true },
      orderBy: [{ predefined: "desc" }, { name: "asc" }],
      take: ROLES_MAX,
    });
    const roles: WhoView[] = [];
    // One after the other: hundreds of roles must not take every connection of the pool.
    for (const row of rows) {
      const policies = readPolicies(row) ?? [];
      const explanation = explain(policies, action, subject);
      if (!explanation.allowed) continue;
      const policy = placedPolicy(policies, explanation.index);
      const users = await db.user.findMany({
        where: { AND: [scopeOf(actor, "read", "User"), { roleId: row.id, status: "ACTIVE" }] },
        select: { id: true, email: true, name: true },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        take: FIRST_USERS,
      });
      const activeUsers = await countHolders(db, actor, row.id, "ACTIVE");
      const { policies: _, ...role } = row;
      roles.push({ role, policy, activeUsers, users });
    }
    return { kind: "answered", roles };
  });
}
