import type { Policy } from "@/lib/access/schema";
import type { Tx } from "@/lib/platform/db";
import { readPolicies } from "@/lib/roles/read-policies";
import type { Target } from "@/lib/users/find-target";
import { mayTouch } from "@/lib/users/reach-user";
import type { LinkPurpose } from "./user-link";

/** What the makers of links may do now, by id; whoever is not active may do nothing and is left out. */
export async function findMakers(tx: Tx, ids: readonly string[]): Promise<Map<string, Maker>> {
  const rows = await tx.user.findMany({
    where: { id: { in: [...new Set(ids)] }, status: "ACTIVE" },
    select: { id: true, role: { select: { slug: true, name: true, policies: true } } },
  });
  return new Map(
    rows.map(({ id, role }) => [
      id,
      { role: { ...role, policies: readPolicies(role) ?? [] }, limits: null },
    ]),
  );
}

export type Maker = {
  role: { slug: string; name: string; policies: readonly Policy[] };
  limits: null;
};

/**
 * Whether whoever made a link for `user` might make it again. One that a manager has kept opens nothing after the
 * manager was disabled or demoted, or after the user has got rights beyond theirs.
 */
export function mayStillMake(
  maker: Maker | undefined,
  purpose: LinkPurpose,
  { user, policies }: Target,
): boolean {
  const action = purpose === "invitation" ? "create" : "resetPassword";
  return maker !== undefined && mayTouch(maker, action, user, policies);
}
