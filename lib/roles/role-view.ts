import { z } from "zod";
import { Policies } from "@/lib/access/schema";
import { requirementColumns } from "@/lib/factors/factor-duty";
import type { Prisma } from "@/lib/platform/db";
import { COUNT_CAP } from "@/lib/users/list/find-users";
import { FactorRequirement } from "./schema";

/** How many users have something, counted up to COUNT_CAP; `exact` is false above. */
export const Holders = z.object({ value: z.int().nonnegative(), exact: z.boolean() });
export type Holders = z.output<typeof Holders>;

/** @param counted at most COUNT_CAP + 1: nobody waits for a million rows to be counted */
export function toHolders(counted: number): Holders {
  return { value: Math.min(counted, COUNT_CAP), exact: counted <= COUNT_CAP };
}

/** A role as the world outside this floor sees one. Times are ISO 8601 in UTC. */
export const RoleView = z
  .object({
    id: z.guid(),
    slug: z.string().meta({ description: "Made from the first name; never changes." }),
    name: z.string(),
    predefined: z
      .boolean()
      .meta({ description: "One of ours; only its second factor can be changed." }),
    policies: Policies,
    secondFactor: FactorRequirement.nullable().meta({
      description: "Whether holders need a second factor; null when the password is enough.",
    }),
    holders: Holders.nullable().meta({
      description: "Those among the users whom the caller may see; null when that is nobody.",
    }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Role" });
export type RoleView = z.output<typeof RoleView>;

export const roleColumns = {
  id: true,
  slug: true,
  name: true,
  predefined: true,
  policies: true,
  ...requirementColumns,
  version: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.RoleSelect;

export type RoleRow = Prisma.RoleGetPayload<{ select: typeof roleColumns }>;

export function toRoleView(
  { version, secondFactorGraceDays, secondFactorRequiredSince, ...row }: RoleRow,
  holders: Holders | null,
): RoleView {
  return {
    ...row,
    secondFactor: secondFactorGraceDays === null ? null : { graceDays: secondFactorGraceDays },
    // Also those that cannot be read (read-policies.ts): whoever mends them has to see them.
    policies: row.policies as RoleView["policies"],
    holders,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** The entity tag of a role: changes with every edit (RFC 9110, 8.8.3). */
export function roleEtag(row: { version: number }): string {
  return `"${row.version}"`;
}
