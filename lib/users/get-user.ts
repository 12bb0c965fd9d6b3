import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import type { Policy } from "@/lib/access/schema";
import { USER_CHANGES, type UserChange } from "@/lib/access/subjects";
import { askTarget } from "./find-target";
import { mayTouch } from "./reach-user";
import { type UserView, userEtag } from "./user-view";

type GetUserOutcome =
  | {
      kind: "found";
      user: UserView;
      etag: string;
      /** Why the user was disabled, for administrators only; null when nobody said. */
      disabledReason: string | null;
      /** What the actor may do to this very user. */
      rights: Record<UserChange | "delete", boolean>;
    }
  | Refusal<"forbidden" | "notFound">;

/** One user by id. Everybody may read themselves. @throws {DatabaseUnavailable} */
export async function getUser(actor: Actor, id: string): Promise<GetUserOutcome> {
  const mayRead = (user?: UserView) => id === actor.userId || may(actor, "read", "User", user);
  if (!mayRead()) return { kind: "forbidden" };
  const target = await askTarget(id);
  // Not "forbidden": whether somebody out of the actor's reach exists is none of their business.
  if (target === null || !mayRead(target.user)) return { kind: "notFound" };
  const { row, user, policies, disabledReason } = target;
  return {
    kind: "found",
    user,
    etag: userEtag(row),
    disabledReason,
    rights: rightsOver(actor, user, policies),
  };
}

function rightsOver(actor: Actor, user: UserView, policies: readonly Policy[] | null) {
  const rights = [...USER_CHANGES, "delete" as const].map((action) => [
    action,
    mayTouch(actor, action, user, policies),
  ]);
  return Object.fromEntries(rights) as Record<UserChange | "delete", boolean>;
}
