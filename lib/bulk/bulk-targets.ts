import type { Actor, Policy } from "@/lib/access/actor";
import { may, mayGovern } from "@/lib/access/policy";
import { databaseNow } from "@/lib/platform/database-now";
import type { Prisma, Tx } from "@/lib/platform/db";
import { userScope } from "@/lib/users/list/user-scope";
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
  role: { id: string; slug: string; policies: Policy[] } | null;
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
  const roles = await tx.role.findMany({ select: { id: true, slug: true, policies: true } });
  const governed = roles.filter((role) => mayGovern(actor, role.policies as Policy[]));
  let role: BulkTargets["role"] = null;
  if (request.action === "changeRole") {
    const wanted = roles.find(({ slug }) => slug === request.role);
    if (wanted === undefined) return { kind: "roleUnknown" };
    if (!governed.includes(wanted)) return { kind: "forbidden" };
    role = { ...wanted, policies: wanted.policies as Policy[] };
  }
  return {
    kind: "targets",
    seen: userScope(actor, "read"),
    allowed: {
      AND: [
        userScope(actor, "read"),
        userScope(actor, permission),
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
