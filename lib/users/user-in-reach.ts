import type { Actor } from "@/lib/access/actor";
import { may, mayGovern } from "@/lib/access/policy";
import type { Action, Policy } from "@/lib/access/schema";
import type { Tx } from "@/lib/platform/db";
import { readPolicies } from "@/lib/roles/read-policies";
import { isUserId } from "./schema";
import { toUserView, type UserRow, type UserView, userColumns } from "./user-view";

export type InReachOutcome =
  | {
      kind: "reached";
      row: UserRow;
      user: UserView;
      /** Of the user's role. */
      policies: Policy[] | null;
    }
  | { kind: "forbidden" }
  | { kind: "notFound" };

/**
 * Whether `actor` may do `action` to a user, and so to what is theirs (sessions, tokens): the role allows it for
 * this very user, and the user's own role allows no more than the actor's.
 *
 * @param client a transaction, or the pool for what only reads
 */
export async function userInReach(
  client: Tx,
  actor: Pick<Actor, "role" | "limits">,
  action: Action,
  id: string,
): Promise<InReachOutcome> {
  if (!may(actor, action, "User")) return { kind: "forbidden" };
  if (!isUserId(id)) return { kind: "notFound" };
  const found = await client.user.findUnique({
    where: { id },
    select: {
      ...userColumns,
      role: { select: { id: true, slug: true, name: true, policies: true } },
    },
  });
  if (found === null) return { kind: "notFound" };
  const policies = readPolicies(found.role);
  const { policies: _, ...role } = found.role;
  const row = { ...found, role };
  const user = toUserView(row);
  // Not "forbidden": whether somebody out of the actor's sight exists is none of their business.
  if (!may(actor, "read", "User", user)) return { kind: "notFound" };
  const allowed = may(actor, action, "User", user) && mayGovern(actor, policies);
  return allowed ? { kind: "reached", row, user, policies } : { kind: "forbidden" };
}
