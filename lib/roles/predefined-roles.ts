import type { Policy } from "@/lib/access/schema";
import type { Tx } from "@/lib/platform/db";
import { type GrantedRole, grantedRoleColumns, toGrantedRole } from "./granted-role";

/** The roles every installation has. Written by the claim, in its transaction, as door 3 publishes it. */
const PREDEFINED_ROLES = [
  {
    slug: "predefined_super_admin",
    name: "Administrator",
    policies: [{ action: "manage", subject: "all" }],
  },
  { slug: "predefined_user", name: "User", policies: [] },
] as const satisfies { slug: string; name: string; policies: Policy[] }[];

type PredefinedSlug = (typeof PREDEFINED_ROLES)[number]["slug"];

/** Makes sure every predefined role exists; returns them by slug. */
export async function ensurePredefinedRoles(tx: Tx): Promise<Record<PredefinedSlug, GrantedRole>> {
  await tx.role.createMany({
    data: PREDEFINED_ROLES.map((role) => ({
      ...role,
      policies: [...role.policies],
      predefined: true,
    })),
    skipDuplicates: true,
  });
  const rows = await tx.role.findMany({
    where: { slug: { in: PREDEFINED_ROLES.map((role) => role.slug) } },
    select: grantedRoleColumns,
  });
  const role = (slug: PredefinedSlug) => {
    const row = rows.find((one) => one.slug === slug);
    if (row === undefined) throw new Error(`The role ${slug} was removed while it was being made.`);
    return toGrantedRole(row);
  };
  return {
    predefined_super_admin: role("predefined_super_admin"),
    predefined_user: role("predefined_user"),
  };
}
