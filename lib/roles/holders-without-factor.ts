import type { Actor } from "@/lib/access/actor";
import { WITHOUT_FACTOR } from "@/lib/factors/take-second-factor";
import { query } from "@/lib/platform/db";
import { userScope } from "@/lib/users/user-scope";
import type { UserView } from "@/lib/users/user-view";
import { countHolders } from "./count-holders";
import type { Holders } from "./role-view";

const FIRST_USERS = 5;

/** Active holders of a role who have no second factor. */
export type WithoutFactor = {
  count: Holders;
  /** The first few of them. */
  users: Pick<UserView, "id" | "email" | "name" | "firstName" | "lastName">[];
};

/**
 * The active holders of a role without a second factor, among the users whom `actor` may read; null when that is
 * nobody.
 *
 * @throws {DatabaseUnavailable}
 */
export async function holdersWithoutFactor(
  actor: Actor,
  roleId: string,
): Promise<WithoutFactor | null> {
  const which = { status: "ACTIVE", ...WITHOUT_FACTOR } as const;
  return query(async (db) => {
    const count = await countHolders(db, actor, roleId, which);
    if (count === null) return null;
    const users = await db.user.findMany({
      where: { AND: [userScope(actor, "read"), { roleId }, which] },
      select: { id: true, email: true, name: true, firstName: true, lastName: true },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: FIRST_USERS,
    });
    return { count, users };
  });
}
