import type { Tx } from "@/lib/platform/db";
import { KEPT } from "@/product";

/** Until the end of the transaction nobody else names a role, so that what is free now is free at its end. */
export async function lockRoles(tx: Tx): Promise<{ slug: string; name: string }[]> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${KEPT.rolesLock}))`;
  return tx.role.findMany({ select: { slug: true, name: true } });
}

/** Whether another of these roles has the name, in any case: whoever chooses one reads names, not slugs. */
export function isNameTaken(
  name: string,
  roles: readonly { slug: string; name: string }[],
  own?: string,
): boolean {
  return roles.some((role) => role.slug !== own && role.name.toLowerCase() === name.toLowerCase());
}
