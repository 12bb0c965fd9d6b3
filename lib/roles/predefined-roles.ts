import type { Policy } from "@/lib/access/actor";
import type { Tx } from "@/lib/platform/db";

/** The roles every installation has. Written by the claim, in its transaction (contract: door 3). */
export const PREDEFINED_ROLES = [
  {
    slug: "predefined_super_admin",
    name: "Super Admin",
    policies: [{ action: "manage", subject: "all" }],
  },
  { slug: "predefined_user", name: "User", policies: [] },
] as const satisfies { slug: string; name: string; policies: Policy[] }[];

/** Makes sure every predefined role exists; returns their ids by slug. */
export async function ensurePredefinedRoles(tx: Tx): Promise<Map<string, string>> {
  await tx.role.createMany({
    data: PREDEFINED_ROLES.map((role) => ({
      ...role,
      policies: [...role.policies],
      predefined: true,
    })),
    skipDuplicates: true,
  });
  const roles = await tx.role.findMany({
    where: { slug: { in: PREDEFINED_ROLES.map((role) => role.slug) } },
    select: { id: true, slug: true },
  });
  return new Map(roles.map((role) => [role.slug, role.id]));
}
