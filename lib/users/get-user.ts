import type { Actor } from "@/lib/access/actor";
import { may, mayGovern } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { readPolicies } from "@/lib/roles/read-policies";
import { isUserId } from "./schema";
import { toUserView, type UserView, userColumns, userEtag } from "./user-view";

export type GetUserOutcome =
  | {
      kind: "found";
      user: UserView;
      etag: string;
      /** Why the user was disabled, for administrators only; null when nobody said. */
      disabledReason: string | null;
      /** What the actor may do to this very user. */
      rights: { update: boolean; delete: boolean };
    }
  | { kind: "forbidden" }
  | { kind: "notFound" };

/** One user by id. Everybody may read themselves. @throws {DatabaseUnavailable} */
export async function getUser(actor: Actor, id: string): Promise<GetUserOutcome> {
  if (id !== actor.userId && !may(actor, "read", "User")) return { kind: "forbidden" };
  if (!isUserId(id)) return { kind: "notFound" };
  const found = await query((db) =>
    db.user.findUnique({
      where: { id },
      select: {
        ...userColumns,
        disabledReason: true,
        role: { select: { id: true, slug: true, name: true, policies: true } },
      },
    }),
  );
  if (found === null) return { kind: "notFound" };
  const { disabledReason, ...row } = found;
  const { policies: _, ...role } = row.role;
  const user = toUserView({ ...row, role });
  // Not "forbidden": whether somebody out of the actor's reach exists is none of their business.
  if (id !== actor.userId && !may(actor, "read", "User", user)) return { kind: "notFound" };
  const governs = mayGovern(actor, readPolicies(row.role));
  return {
    kind: "found",
    user,
    etag: userEtag(row),
    disabledReason,
    rights: {
      update: governs && may(actor, "update", "User", user),
      delete: governs && may(actor, "delete", "User", user),
    },
  };
}
