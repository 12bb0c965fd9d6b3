import type { Actor } from "@/lib/access/actor";
import { may, mayGovern } from "@/lib/access/policy";
import type { Policy } from "@/lib/access/schema";
import { databaseNow } from "@/lib/platform/database-now";
import type { Prisma, Tx } from "@/lib/platform/db";
import { readPolicies } from "@/lib/roles/read-policies";
import { scopeOf } from "@/lib/rows/scope-of";
import type { BulkAction, BulkRequest } from "./bulk-request";

/** The users of a bulk action, told apart by conditions: what a preview counts is what is then changed. */
export type BulkTargets = {
  kind: "targets";
  /** Whom the actor may know of at all. */
  seen: Prisma.UserWhereInput;
  /** Whom the actor may do this to; never the actor. */
  allowed: Prisma.UserWhereInput;
  /** For whom it makes a difference. */
  differs: Prisma.UserWhereInput;
  /** Of changeRole: the new role. */
  role: { id: string; slug: string; policies: Policy[] | null } | null;
};

/** What a bulk action asks of a role. */
export const BULK_PERMISSION = {
  disable: "update",
  enable: "update",
  changeRole: "update",
  signOut: "update",
  delete: "delete",
} as const satisfies Record<BulkAction, "update" | "delete">;

export async function bulkTargets(
  tx: Tx,
  actor: Pick<Actor, "userId" | "role" | "limits">,
  request: BulkRequest,
): Promise<BulkTargets | { kind: "forbidden" } | { kind: "roleUnknown" }> {
  const permission = BULK_PERMISSION[request.action];
  if (!may(actor, permission, "User")) return { kind: "forbidden" };
  const rows = await tx.role.findMany({ select: { id: true, slug: true, policies: true } });
  const roles = rows.map((row) => ({ ...row, policies: readPolicies(row) }));
  const governed = roles.filter((role) => mayGovern(actor, role.policies));
  let role: BulkTargets["role"] = null;
  if (request.action === "changeRole") {
    const wanted = roles.find(({ slug }) => slug === request.role);
    if (wanted === undefined) return { kind: "roleUnknown" };
    if (!governed.includes(wanted)) return { kind: "forbidden" };
    role = wanted;
  }
  return {
    kind: "targets",
    seen: scopeOf(actor, "read", "User"),
    allowed: {
      AND: [
        scopeOf(actor, "read", "User"),
        scopeOf(actor, permission, "User"),
        { roleId: { in: governed.map(({ id }) => id) } },
        { id: { not: actor.userId } },
      ],
    },
    differs: differing(request.action, role),
    role,
  };
}

function differing(action: BulkAction, role: BulkTargets["role"]): Prisma.UserWhereInput {
  switch (action) {
    case "disable":
      return { status: { not: "DISABLED" } };
    case "enable":
      return { status: "DISABLED" };
    case "changeRole":
      return role === null ? {} : { roleId: { not: role.id } };
    case "signOut":
      return { sessions: { some: { endedAt: null, expiresAt: { gt: databaseNow() } } } };
    case "delete":
      return {};
  }
}
