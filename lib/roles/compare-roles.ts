import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { SUBJECT_NAMES } from "@/lib/access/conditions";
import { EVERY_ABILITY, extentOf } from "@/lib/access/every-ability";
import { may } from "@/lib/access/policy";
import { ALL_ACTIONS } from "@/lib/access/subjects";
import { query } from "@/lib/platform/db";
import { readPolicies } from "./read-policies";
import { type InvalidRolePage, ROLE_ORDER, readRolePage } from "./role-page";

export const ComparedRole = z
  .object({
    role: z.object({ id: z.guid(), slug: z.string(), name: z.string() }),
    secondFactor: z.boolean().meta({ description: "Holders need one." }),
    allows: z
      .array(
        z.object({
          subject: z.enum(SUBJECT_NAMES),
          action: z.enum(ALL_ACTIONS),
          extent: z.enum(["all", "some"]),
        }),
      )
      .meta({
        description:
          "Each single thing that the role allows, by the engine that decides it; some: under conditions. What is not named is not allowed.",
      }),
  })
  .meta({ id: "ComparedRole" });
export type ComparedRole = z.output<typeof ComparedRole>;

type CompareRolesOutcome =
  | { kind: "compared"; roles: ComparedRole[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | InvalidRolePage;

/** One page of roles, each with every single thing that it allows; ours first, then by name. @throws {DatabaseUnavailable} */
export async function compareRoles(actor: Actor, input: unknown): Promise<CompareRolesOutcome> {
  if (!may(actor, "read", "Role")) return { kind: "forbidden" };
  const page = readRolePage(input);
  if (page.kind === "invalid") return page;
  const rows = await query((db) =>
    db.role.findMany({
      where: ROLE_ORDER.behind(page.after),
      select: {
        id: true,
        slug: true,
        name: true,
        predefined: true,
        policies: true,
        secondFactorGraceDays: true,
      },
      orderBy: [...ROLE_ORDER.orderBy],
      take: page.take,
    }),
  );
  const { shown, nextCursor } = page.cut(rows, ROLE_ORDER.positionOf);
  const roles = shown.map(({ id, slug, name, ...row }) => {
    const policies = readPolicies({ slug, policies: row.policies }) ?? [];
    return {
      role: { id, slug, name },
      secondFactor: row.secondFactorGraceDays !== null,
      allows: EVERY_ABILITY.flatMap((one) => {
        const extent = extentOf(policies, one);
        return extent === "none" ? [] : [{ ...one, extent }];
      }),
    };
  });
  return { kind: "compared", roles, nextCursor };
}
