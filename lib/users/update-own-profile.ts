import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import { isUniqueViolation, type Tx, transaction } from "@/lib/platform/db";
import { matchesEtag } from "@/lib/platform/http/if-match";
import { lockRows } from "@/lib/platform/lock-rows";
import { profileChange } from "./profile-change";
import { saveUser } from "./save-user";
import { Email, type Issue, issuesOf, OptionalPersonName } from "./schema";
import { toUserView, type UserView, userColumns, userEtag } from "./user-view";

type UpdateOwnProfileOutcome =
  | { kind: "updated"; user: UserView; etag: string }
  /** The caller acts by a bounded token, not as the whole person. */
  | { kind: "forbidden" }
  /** A new e-mail address, and the person has to prove first who they are (lib/access/recently-confirmed.ts). */
  | { kind: "unconfirmed" }
  | { kind: "invalid"; issues: Issue[] }
  /** Somebody else edited the account since the caller read it; `user` is how it stands now. */
  | { kind: "stale"; user: UserView; etag: string };

export const OwnProfile = z.object({
  name: OptionalPersonName.optional(),
  email: Email.optional(),
});

/**
 * Changes one's own name and e-mail address, whatever one's role allows. Links to choose a password die with the old
 * address (a trigger of the database sees to it); sessions go on.
 *
 * @param input any of `{ name, email }`; unknown fields are ignored
 * @param ifMatch the ETag the caller read, to refuse a stale edit (RFC 9110, 13.1.1)
 * @throws {DatabaseUnavailable}
 */
export async function updateOwnProfile(
  actor: Actor,
  input: unknown,
  ifMatch?: string,
): Promise<UpdateOwnProfileOutcome> {
  if (!isUnlimited(actor)) return { kind: "forbidden" };
  const parsed = OwnProfile.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: issuesOf(parsed.error) };
  try {
    return await transaction((tx) => applyChanges(tx, actor, parsed.data, ifMatch));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return { kind: "invalid", issues: [{ field: "email", rule: "emailTaken" }] };
  }
}

async function applyChanges(
  tx: Tx,
  actor: Actor,
  asked: z.output<typeof OwnProfile>,
  ifMatch: string | undefined,
): Promise<UpdateOwnProfileOutcome> {
  const id = actor.userId;
  await lockRows(tx, "users", [id]);
  const before = await tx.user.findUnique({ where: { id }, select: userColumns });
  if (before === null) return { kind: "forbidden" }; // deleted since the request began
  const current = { user: toUserView(before), etag: userEtag(before) };
  if (ifMatch !== undefined && !matchesEtag(ifMatch, current.etag)) {
    return { kind: "stale", ...current };
  }
  const change = profileChange(before, asked);
  if (Object.keys(change.data).length === 0) return { kind: "updated", ...current };
  if ("email" in change.data && !recentlyConfirmed(actor)) return { kind: "unconfirmed" };
  return saveUser(tx, actor, before, change);
}
