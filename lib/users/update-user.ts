import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { mustConfirmFor, recentlyConfirmed } from "@/lib/access/recently-confirmed";
import type { Refusal } from "@/lib/access/refusal";
import { USER_CHANGES, type UserChange } from "@/lib/access/subjects";
import { isUniqueViolation, type Tx, transaction } from "@/lib/platform/db";
import { matchesEtag } from "@/lib/platform/http/if-match";
import { lastAdminKept } from "./active-admin";
import { profileChange } from "./profile-change";
import { userInReach } from "./reach-user";
import { findNewRole, roleChange } from "./role-change";
import { saveUser, together } from "./save-user";
import {
  Email,
  type Issue,
  issuesOf,
  isUserId,
  Metadata,
  NewRole,
  OptionalPersonName,
  storedText,
} from "./schema";
import { hasJoined, statusChange } from "./status-change";
import { type UserView, userEtag } from "./user-view";

type UpdateUserOutcome =
  | { kind: "updated"; user: UserView; etag: string }
  | Refusal<"forbidden" | "unconfirmed" | "notFound" | "lastAdmin">
  | { kind: "invalid"; issues: Issue[] }
  /** Somebody else edited the user since the caller read it; `user` is how it stands now. */
  | { kind: "stale"; user: UserView; etag: string };

export const UserChanges = z.object({
  name: OptionalPersonName.optional(),
  email: Email.optional(),
  role: NewRole.optional(),
  status: z.enum(["active", "disabled"], { error: "invalid" }).optional(),
  disabledReason: storedText("invalid").trim().max(500, "invalid").nullish(),
  metadata: Metadata.optional(),
});

/**
 * Changes any of a user's name, e-mail, role, status and metadata, each of which the actor has to be allowed. A new role or status ends the user's
 * sessions (a trigger of the database does, whoever writes).
 *
 * @param ifMatch the `If-Match` header: the ETag the caller read, to refuse a stale edit (RFC 9110, 13.1.1)
 * @throws {DatabaseUnavailable}
 */
export async function updateUser(
  actor: Actor,
  id: string,
  input: unknown,
  ifMatch?: string,
): Promise<UpdateUserOutcome> {
  if (!USER_CHANGES.some((change) => may(actor, change, "User"))) return { kind: "forbidden" };
  if (!isUserId(id)) return { kind: "notFound" };
  const parsed = UserChanges.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: issuesOf(parsed.error) };
  const asked = parsed.data;
  try {
    return await transaction((tx) => applyChanges(tx, actor, id, asked, ifMatch));
  } catch (error) {
    if (lastAdminKept(error)) return { kind: "lastAdmin" };
    if (isUniqueViolation(error)) {
      return { kind: "invalid", issues: [{ field: "email", rule: "emailTaken" }] };
    }
    throw error;
  }
}

/** What may be sent, and what one has to be allowed for it. */
const NEEDED = {
  name: "updateProfile",
  email: "updateEmail",
  role: "updateRole",
  status: "updateStatus",
  disabledReason: "updateStatus",
  metadata: "updateProfile",
} as const satisfies Record<keyof z.output<typeof UserChanges>, UserChange>;

/** Each thing that is asked for; of somebody who asks for nothing, any that they may do. */
function neededFor(actor: Actor, asked: z.output<typeof UserChanges>): readonly UserChange[] {
  const fields = Object.keys(NEEDED) as (keyof typeof NEEDED)[];
  const needed = fields.filter((field) => asked[field] !== undefined).map((one) => NEEDED[one]);
  return needed.length > 0
    ? needed
    : USER_CHANGES.filter((one) => may(actor, one, "User")).slice(0, 1);
}

async function applyChanges(
  tx: Tx,
  actor: Actor,
  id: string,
  asked: z.output<typeof UserChanges>,
  ifMatch: string | undefined,
): Promise<UpdateUserOutcome> {
  const reached = await userInReach(tx, actor, neededFor(actor, asked), id, { lock: true });
  if (reached.kind !== "reached") return reached;
  const { row: before, user, policies, disabledReason } = reached;
  const current = { user, etag: userEtag(before) };
  if (ifMatch !== undefined && !matchesEtag(ifMatch, current.etag)) {
    return { kind: "stale", ...current };
  }

  const changes = [profileChange(before, asked)];
  const concerned = [policies];
  if (asked.role !== undefined && asked.role !== before.role.slug) {
    const next = await findNewRole(tx, actor, asked.role);
    if (next.kind === "forbidden") return next;
    if (next.kind === "roleUnknown") {
      return { kind: "invalid", issues: [{ field: "role", rule: "roleUnknown" }] };
    }
    changes.push(roleChange(before, next.role));
    concerned.push(next.role.policies);
  }
  // An invited user has no password to sign in with; "active" would be a lie.
  if (asked.status === "active" && before.status === "INVITED") {
    return { kind: "invalid", issues: [{ field: "status", rule: "invalid" }] };
  }
  const enables = asked.status === "active" && before.status === "DISABLED";
  const joined = enables && (await hasJoined(tx, id));
  const reason = asked.disabledReason === undefined ? undefined : asked.disabledReason || null;
  const asks = { status: asked.status, reason };
  changes.push(statusChange({ status: before.status, disabledReason }, asks, joined));

  const { data, details } = together(...changes);
  if (Object.keys(data).length === 0) return { kind: "updated", ...current };
  const guarded = ["email", "role", "status"].some((field) => field in details);
  if (guarded && mustConfirmFor(actor, ...concerned)) return { kind: "unconfirmed" };
  if ("email" in details && id === actor.userId && !recentlyConfirmed(actor)) {
    return { kind: "unconfirmed" };
  }
  return saveUser(tx, actor, before, { data, details });
}
