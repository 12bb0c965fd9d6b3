import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import { isUniqueViolation, type Tx, transaction } from "@/lib/platform/db";
import { matchesEtag } from "@/lib/platform/http/if-match";
import { profileChanges } from "./profile-changes";
import { saveUser } from "./save-user";
import { Email, type Issue, issuesOf, OptionalPersonName } from "./schema";
import { toUserView, type UserView, userColumns, userEtag } from "./user-view";

export type UpdateOwnProfileOutcome =
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
  const isNamed = typeof input === "object" && input !== null && "name" in input;
  const { email, name } = parsed.data;
  const asked = { email, name: isNamed ? name : undefined };
  try {
    return await transaction((tx) => applyChanges(tx, actor, asked, ifMatch));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return { kind: "invalid", issues: [{ field: "email", rule: "emailTaken" }] };
  }
}

async function applyChanges(
  tx: Tx,
  actor: Actor,
  asked: { name: string | null | undefined; email: string | undefined },
  ifMatch: string | undefined,
): Promise<UpdateOwnProfileOutcome> {
  const id = actor.userId;
  // Locked first: what is compared and what is written are the same row.
  await tx.$queryRaw`SELECT 1 FROM "users" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const before = await tx.user.findUnique({ where: { id }, select: userColumns });
  if (before === null) return { kind: "forbidden" }; // deleted since the request began
  if (ifMatch !== undefined && !matchesEtag(ifMatch, userEtag(before))) {
    return { kind: "stale", user: toUserView(before), etag: userEtag(before) };
  }
  const { data, details } = profileChanges(before, asked);
  if (Object.keys(data).length === 0) {
    return { kind: "updated", user: toUserView(before), etag: userEtag(before) };
  }
  if ("email" in data && !recentlyConfirmed(actor)) return { kind: "unconfirmed" };
  return saveUser(tx, actor, before, { data, details });
}
