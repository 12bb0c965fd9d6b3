import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { comparePolicies } from "@/lib/access/compare-policies";
import { SLUG } from "@/lib/access/conditions";
import { may } from "@/lib/access/policy";
import { Policy } from "@/lib/access/schema";
import { query } from "@/lib/platform/db";
import { matchesEtag } from "@/lib/platform/http/if-match";
import { FirstHolders, firstHolders } from "./first-holders";
import { holdersWithoutFactor } from "./holders-without-factor";
import { type BarredChanges, judgeChanges } from "./judge-changes";
import { readPolicies } from "./read-policies";
import { roleColumns, roleEtag } from "./role-view";
import { FactorRequirement, RoleChanges, type RoleIssue, roleIssuesOf } from "./schema";

export const RolePreview = z
  .object({
    gained: z.array(Policy).meta({ description: "What holders could do then and cannot now." }),
    lost: z.array(Policy).meta({
      description: "What they can do now and could not then, or not to all.",
    }),
    remaining: z.array(Policy).meta({
      description: "Of what is lost, that which they could still do.",
    }),
    secondFactor: z
      .object({
        from: FactorRequirement.nullable(),
        to: FactorRequirement.nullable(),
        without: FirstHolders.nullable().meta({
          description: "Active holders who have none, where one would be required.",
        }),
      })
      .nullable()
      .meta({ description: "Whether holders need a second factor; null when that stays." }),
    holders: FirstHolders.nullable().meta({
      description: "Those among the users whom the caller may see; null when that is nobody.",
    }),
    own: z.boolean().meta({ description: "The caller has this role." }),
  })
  .meta({ id: "RolePreview" });
export type RolePreview = z.output<typeof RolePreview>;

export type PreviewRoleOutcome =
  | { kind: "previewed"; preview: RolePreview }
  | { kind: "forbidden" }
  | { kind: "notFound" }
  | BarredChanges
  | { kind: "invalid"; issues: RoleIssue[] }
  /** Somebody else edited the role since the caller read it. */
  | { kind: "stale" };

/**
 * What a change of a role would mean, and for whom. Refused for the reasons for which the change would be, but that
 * another role has the name. Changes nothing.
 *
 * @param input as of updateRole
 * @param ifMatch as of updateRole
 * @throws {DatabaseUnavailable}
 */
export async function previewRole(
  actor: Actor,
  slug: string,
  input: unknown,
  ifMatch?: string,
): Promise<PreviewRoleOutcome> {
  if (!may(actor, "update", "Role")) return { kind: "forbidden" };
  if (!SLUG.test(slug)) return { kind: "notFound" };
  const parsed = RoleChanges.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: roleIssuesOf(parsed.error) };
  const asked = parsed.data;
  const before = await query((db) => db.role.findUnique({ where: { slug }, select: roleColumns }));
  if (before === null) return { kind: "notFound" };
  const refusal = judgeChanges(actor, before, asked);
  if (refusal !== null) return refusal;
  if (ifMatch !== undefined && !matchesEtag(ifMatch, roleEtag(before))) return { kind: "stale" };
  const had = readPolicies(before) ?? [];
  const graceDays = before.secondFactorGraceDays;
  const from = graceDays === null ? null : { graceDays };
  const to = asked.secondFactor === undefined ? from : asked.secondFactor;
  const isOther = from?.graceDays !== to?.graceDays;
  return {
    kind: "previewed",
    preview: {
      ...comparePolicies(had, asked.policies ?? had),
      secondFactor: isOther
        ? { from, to, without: to && (await holdersWithoutFactor(actor, before.id)) }
        : null,
      holders: await firstHolders(actor, before.id),
      own: actor.role.slug === slug,
    },
  };
}
