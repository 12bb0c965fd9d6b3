import type { Actor } from "@/lib/access/actor";
import { WITHOUT_FACTOR } from "@/lib/factors/take-second-factor";
import { Prisma } from "@/lib/platform/db";
import { type FirstHolders, firstHolders } from "./first-holders";

/**
 * The active holders of a role without a second factor, among the users whom `actor` may read; null when that is nobody.
 *
 * @throws {DatabaseUnavailable}
 */
export function holdersWithoutFactor(actor: Actor, roleId: string): Promise<FirstHolders | null> {
  return firstHolders(actor, roleId, Prisma.sql`"users"."status" = 'active' AND ${WITHOUT_FACTOR}`);
}
