import { isDeepStrictEqual } from "node:util";
import type { Actor } from "@/lib/access/actor";
import { SLUG } from "@/lib/access/conditions";
import { may } from "@/lib/access/policy";
import { mustConfirmFor } from "@/lib/access/recently-confirmed";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { type Prisma, type Tx, transaction } from "@/lib/platform/db";
import { matchesEtag } from "@/lib/platform/http/if-match";
import { lockRows } from "@/lib/platform/lock-rows";
import { countHolders } from "./count-holders";
import { type BarredChanges, judgeChanges } from "./judge-changes";
import { isNameTaken, lockRoles } from "./lock-roles";
import { readPolicies } from "./read-policies";
import { type RoleRow, type RoleView, roleColumns, roleEtag, toRoleView } from "./role-view";
import { RoleChanges, type RoleIssue, roleIssuesOf } from "./schema";

export type UpdateRoleOutcome =
  | { kind: "updated"; role: RoleView; etag: string }
  | { kind: "forbidden" }
  /** The person has to prove first who they are (lib/access/recently-confirmed.ts). */
  | { kind: "unconfirmed" }
  | { kind: "notFound" }
  | BarredChanges
  | { kind: "invalid"; issues: RoleIssue[] }
  /** Somebody else edited the role since the caller read it; `role` is how it stands now. */
  | { kind: "stale"; role: RoleView; etag: string };

/**
 * Changes a role's name or policies, or whether it requires a second factor. It counts from the holders' next request
 * on; nobody is signed out, because the role is read on every request.
 *
 * @param input any of `{ name, policies, secondFactor }`; the slug stays
 * @param ifMatch the ETag the caller read, to refuse a stale edit (RFC 9110, 13.1.1); "*" matches any
 * @throws {DatabaseUnavailable}
 */
export async function updateRole(
  actor: Actor,
  slug: string,
  input: unknown,
  ifMatch?: string,
): Promise<UpdateRoleOutcome> {
  if (!may(actor, "update", "Role")) return { kind: "forbidden" };
  if (!SLUG.test(slug)) return { kind: "notFound" };
  const parsed = RoleChanges.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: roleIssuesOf(parsed.error) };
  return transaction((tx) => applyChanges(tx, actor, slug, parsed.data, ifMatch));
}

async function applyChanges(
  tx: Tx,
  actor: Actor,
  slug: string,
  asked: RoleChanges,
  ifMatch: string | undefined,
): Promise<UpdateRoleOutcome> {
  const roles = await lockRoles(tx);
  await lockRows(tx, "roles", [slug]);
  const before = await tx.role.findUnique({ where: { slug }, select: roleColumns });
  if (before === null) return { kind: "notFound" };
  const refusal = judgeChanges(actor, before, asked);
  if (refusal !== null) return refusal;
  const policies = readPolicies(before);
  const shown = async (row: RoleRow) => ({
    role: toRoleView(row, await countHolders(tx, actor, row.id)),
    etag: roleEtag(row),
  });
  if (ifMatch !== undefined && !matchesEtag(ifMatch, roleEtag(before))) {
    return { kind: "stale", ...(await shown(before)) };
  }

  const data: Prisma.RoleUpdateInput = {};
  const details: Record<string, unknown> = {};
  if (asked.name !== undefined && asked.name !== before.name) {
    if (isNameTaken(asked.name, roles, slug)) {
      return { kind: "invalid", issues: [{ path: ["name"], rule: "nameTaken" }] };
    }
    data.name = asked.name;
    details["name"] = { from: before.name, to: asked.name };
  }
  if (asked.policies !== undefined && !isDeepStrictEqual(asked.policies, before.policies)) {
    if (mustConfirmFor(actor, policies, asked.policies)) {
      return { kind: "unconfirmed" };
    }
    data.policies = asked.policies;
    details["policies"] = {
      from: JSON.stringify(before.policies),
      to: JSON.stringify(asked.policies),
    };
  }
  const days = asked.secondFactor === null ? null : asked.secondFactor?.graceDays;
  if (days !== undefined && days !== before.secondFactorGraceDays) {
    data.secondFactorGraceDays = days;
    // Other days of grace move the end of the same time; they do not begin it anew.
    if (days === null) data.secondFactorRequiredSince = null;
    else if (before.secondFactorGraceDays === null) data.secondFactorRequiredSince = databaseNow();
    details["secondFactorGraceDays"] = { from: before.secondFactorGraceDays, to: days };
  }
  if (Object.keys(data).length === 0) return { kind: "updated", ...(await shown(before)) };

  const after = await tx.role.update({
    where: { slug },
    data: { ...data, version: { increment: 1 } },
    select: roleColumns,
  });
  await record(tx, actor, {
    action: "role.updated",
    target: { type: "role", id: before.id, label: before.name },
    details,
  });
  return { kind: "updated", ...(await shown(after)) };
}
