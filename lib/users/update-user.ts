import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may, mayGovern } from "@/lib/access/policy";
import { mustConfirmFor, recentlyConfirmed } from "@/lib/access/recently-confirmed";
import type { Policy } from "@/lib/access/schema";
import {
  isUniqueViolation,
  type Prisma,
  promiseBroken,
  type Tx,
  transaction,
} from "@/lib/platform/db";
import { matchesEtag } from "@/lib/platform/http/if-match";
import { readPolicies } from "@/lib/roles/read-policies";
import { profileChanges } from "./profile-changes";
import { saveUser } from "./save-user";
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
import { toUserView, type UserRow, type UserView, userColumns, userEtag } from "./user-view";

export type UpdateUserOutcome =
  | { kind: "updated"; user: UserView; etag: string }
  | { kind: "forbidden" }
  /** The person has to prove first who they are (lib/access/recently-confirmed.ts). */
  | { kind: "unconfirmed" }
  | { kind: "notFound" }
  | { kind: "invalid"; issues: Issue[] }
  /** It would leave the installation without an active administrator; nothing was changed. */
  | { kind: "lastAdmin" }
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
 * Changes any of a user's name, e-mail, role, status and metadata. A new role or status ends the user's
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
  if (!may(actor, "update", "User")) return { kind: "forbidden" };
  if (!isUserId(id)) return { kind: "notFound" };
  const given = definedFields(input);
  const parsed = UserChanges.safeParse(given);
  if (!parsed.success) return { kind: "invalid", issues: issuesOf(parsed.error) };
  const asked = parsed.data;

  try {
    return await transaction((tx) => applyChanges(tx, actor, id, asked, given, ifMatch));
  } catch (error) {
    if (promiseBroken(error) === "LAST_ADMIN") return { kind: "lastAdmin" };
    if (isUniqueViolation(error)) {
      return { kind: "invalid", issues: [{ field: "email", rule: "emailTaken" }] };
    }
    throw error;
  }
}

/** The input's fields, so that "name was not sent" and "name was sent as null" stay apart. */
function definedFields(input: unknown): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

async function applyChanges(
  tx: Tx,
  actor: Actor,
  id: string,
  asked: z.output<typeof UserChanges>,
  given: unknown,
  ifMatch: string | undefined,
): Promise<UpdateUserOutcome> {
  // Locked first: what is compared and what is written are the same row.
  await tx.$queryRaw`SELECT 1 FROM "users" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const before = await tx.user.findUnique({
    where: { id },
    select: {
      ...userColumns,
      disabledReason: true,
      role: { select: { id: true, slug: true, name: true, policies: true } },
    },
  });
  if (before === null) return { kind: "notFound" };
  if (!may(actor, "read", "User", toUserView(before))) return { kind: "notFound" };
  if (!may(actor, "update", "User", toUserView(before))) return { kind: "forbidden" };
  const policies = readPolicies(before.role);
  if (!mayGovern(actor, policies)) return { kind: "forbidden" };
  const unchanged = async (): Promise<UserRow> =>
    tx.user.findUniqueOrThrow({ where: { id }, select: userColumns });
  if (ifMatch !== undefined && !matchesEtag(ifMatch, userEtag(before))) {
    const now = await unchanged();
    return { kind: "stale", user: toUserView(now), etag: userEtag(now) };
  }

  const has = (field: string) => typeof given === "object" && given !== null && field in given;

  const { data, details } = profileChanges(before, {
    name: has("name") ? asked.name : undefined,
    email: asked.email,
  });
  let nextPolicies: Policy[] | null = [];
  if (asked.metadata !== undefined && !isDeepStrictEqual(asked.metadata, before.metadata)) {
    data.metadata = asked.metadata as Prisma.InputJsonObject;
    details["metadata"] = "changed";
  }
  if (asked.role !== undefined && asked.role !== before.role.slug) {
    const role = await tx.role.findUnique({
      where: { slug: asked.role },
      select: { id: true, slug: true, policies: true },
    });
    if (role === null) return { kind: "invalid", issues: [{ field: "role", rule: "roleUnknown" }] };
    nextPolicies = readPolicies(role);
    if (!mayGovern(actor, nextPolicies)) return { kind: "forbidden" };
    data.roleId = role.id;
    details["role"] = { from: before.role.slug, to: asked.role };
  }
  const status = before.status.toLowerCase();
  if (asked.status !== undefined && asked.status !== status) {
    // An invited user has no password to sign in with; "active" would be a lie.
    if (asked.status === "active" && status === "invited") {
      return { kind: "invalid", issues: [{ field: "status", rule: "invalid" }] };
    }
    const enabled = async () => {
      // Who never had a password was invited, and is again.
      const joined = await tx.user.count({ where: { id, passwordHash: { not: null } } });
      return joined > 0 ? "ACTIVE" : "INVITED";
    };
    const next = asked.status === "active" ? await enabled() : "DISABLED";
    data.status = next;
    if (next !== "DISABLED") data.disabledReason = null;
    details["status"] = { from: status, to: next.toLowerCase() };
  }
  const reason = asked.disabledReason || null;
  const staysDisabled = (asked.status ?? status) === "disabled";
  if (staysDisabled && has("disabledReason") && reason !== before.disabledReason) {
    data.disabledReason = reason;
    if (reason !== null) details["reason"] = reason;
  }

  if (Object.keys(data).length === 0) {
    const now = await unchanged();
    return { kind: "updated", user: toUserView(now), etag: userEtag(now) };
  }
  const guarded = ["email", "role", "status"].some((field) => field in details);
  if (guarded && mustConfirmFor(actor, policies, nextPolicies)) {
    return { kind: "unconfirmed" };
  }
  if ("email" in details && id === actor.userId && !recentlyConfirmed(actor)) {
    return { kind: "unconfirmed" };
  }
  return saveUser(tx, actor, before, { data, details });
}
