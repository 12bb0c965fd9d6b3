import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { SLUG } from "@/lib/access/conditions";
import { explain } from "@/lib/access/explain";
import { may, mayGovern } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { targetColumns, toTarget } from "@/lib/users/find-target";
import { Email, isUserId } from "@/lib/users/schema";
import { readPolicies } from "./read-policies";
import { AccessQuestion, PlacedPolicy, placedPolicy } from "./who-may";

/** A question about a role. With a user, by id or e-mail address, it is about this very user. */
export const AccessCase = AccessQuestion.safeExtend({
  role: z.string().regex(SLUG),
  userId: z.string().refine(isUserId).optional(),
  email: Email.optional(),
})
  .refine(({ subject, userId }) => userId === undefined || subject === "User", { path: ["userId"] })
  .refine(({ subject, email }) => email === undefined || subject === "User", { path: ["email"] })
  .refine(({ userId, email }) => userId === undefined || email === undefined, { path: ["email"] });

export const AccessAnswer = z
  .object({
    allowed: z.boolean(),
    reason: z
      .enum(["allowed", "allowedForSome", "noPolicy", "conditionsNotMet", "outranked"])
      .meta({
        description:
          "allowedForSome: the policy has conditions, and no user was named. outranked: the role's policies allow it, but the user may do more than the role, and nobody changes or deletes somebody who may do more.",
      }),
    policy: PlacedPolicy.nullable().meta({ description: "The policy that allows it." }),
    unmet: z.array(z.object({ index: z.int().nonnegative(), fields: z.array(z.string()) })).meta({
      description: "Policies that would allow it, and the conditions that the user fails.",
    }),
  })
  .meta({ id: "AccessAnswer" });
export type AccessAnswer = z.output<typeof AccessAnswer>;

type ExplainAccessOutcome =
  | { kind: "explained"; answer: AccessAnswer }
  | { kind: "forbidden" }
  | { kind: "notFound" }
  /** There is no such user, or none whom the actor may see. */
  | { kind: "userNotFound" }
  | { kind: "invalid"; issues: { path: string[]; rule: "invalid" }[] };

/**
 * Whether somebody with a role may do something, by the engine that decides it for real, and which policy says so.
 *
 * @param input `{ role: slug, action, subject, userId? or email? }`
 * @throws {DatabaseUnavailable}
 */
export async function explainAccess(actor: Actor, input: unknown): Promise<ExplainAccessOutcome> {
  if (!may(actor, "read", "Role")) return { kind: "forbidden" };
  const parsed = AccessCase.safeParse(input);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path }) => ({
      path: [String(path[0] ?? "body")],
      rule: "invalid" as const,
    }));
    return { kind: "invalid", issues };
  }
  const { role: slug, action, subject, userId, email } = parsed.data;
  const role = await query((db) =>
    db.role.findUnique({ where: { slug }, select: { slug: true, policies: true } }),
  );
  if (role === null) return { kind: "notFound" };
  const policies = readPolicies(role) ?? [];

  const target = await findUser(actor, userId, email);
  if (target === null) return { kind: "userNotFound" };
  const explanation = explain(policies, action, subject, target?.user);
  const none = { policy: null, unmet: [] };
  if (!explanation.allowed) {
    const unmet = explanation.reason === "conditionsNotMet" ? explanation.unmet : [];
    return {
      kind: "explained",
      answer: { ...none, allowed: false, reason: explanation.reason, unmet },
    };
  }
  const inReach =
    target === undefined ||
    action === "read" ||
    mayGovern({ role: { slug, name: slug, policies }, limits: null }, target.policies);
  if (!inReach) {
    return { kind: "explained", answer: { ...none, allowed: false, reason: "outranked" } };
  }
  const { reason, index } = explanation;
  const policy = placedPolicy(policies, index);
  return { kind: "explained", answer: { allowed: true, reason, policy, unmet: [] } };
}

/** The user in question, with what their role allows; undefined when none was named, null when there is none. */
async function findUser(actor: Actor, userId: string | undefined, email: string | undefined) {
  const by = userId === undefined ? email !== undefined && { email } : { id: userId };
  if (!by) return undefined;
  const row = await query((db) => db.user.findUnique({ where: by, select: targetColumns }));
  if (row === null) return null;
  const target = toTarget(row);
  const isOwn = row.id === actor.userId;
  return isOwn || may(actor, "read", "User", target.user) ? target : null;
}
