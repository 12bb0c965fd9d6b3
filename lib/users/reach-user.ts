import type { Actor, Policy } from "@/lib/access/actor";
import { type Action, may, mayGovern } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { isUserId } from "./schema";
import { toUserView, type UserView, userColumns } from "./user-view";

export type ReachOutcome =
  | { kind: "reached"; user: UserView }
  | { kind: "forbidden" }
  | { kind: "notFound" };

/**
 * Whether `actor` may do `action` to a user, and so to what is theirs (sessions, tokens): the role allows it for
 * this very user, and the user's own role allows no more than the actor's.
 *
 * @throws {DatabaseUnavailable}
 */
export async function reachUser(
  actor: Pick<Actor, "role" | "limits">,
  id: string,
  action: Action,
): Promise<ReachOutcome> {
  if (!may(actor, action, "User")) return { kind: "forbidden" };
  if (!isUserId(id)) return { kind: "notFound" };
  const row = await query((db) =>
    db.user.findUnique({
      where: { id },
      select: {
        ...userColumns,
        role: { select: { id: true, slug: true, name: true, policies: true } },
      },
    }),
  );
  if (row === null) return { kind: "notFound" };
  const { policies, ...role } = row.role;
  const user = toUserView({ ...row, role });
  // Not "forbidden": whether somebody out of the actor's sight exists is none of their business.
  if (!may(actor, "read", "User", user)) return { kind: "notFound" };
  const allowed = may(actor, action, "User", user) && mayGovern(actor, policies as Policy[]);
  return allowed ? { kind: "reached", user } : { kind: "forbidden" };
}
