import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Action } from "@/lib/access/subjects";
import { databaseNow } from "@/lib/platform/database-now";
import type { Prisma, Tx } from "@/lib/platform/db";
import { scopeOf } from "@/lib/rows/scope-of";
import { judgeNewRole, type NewRole, newRoleColumns } from "@/lib/users/role-change";
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
  /** Of the active administrators the last has to stay. */
  endsAdmin: boolean;
  /** Of changeRole: the new role. */
  role: NewRole | null;
};

/** What each bulk action asks of a role, and whether whoever was an administrator is none afterwards. */
export const BULK_ACTIONS = {
  disable: { needs: "updateStatus", endsAdmin: true },
  enable: { needs: "updateStatus", endsAdmin: false },
  changeRole: { needs: "updateRole", endsAdmin: true },
  signOut: { needs: "endSessions", endsAdmin: false },
  delete: { needs: "delete", endsAdmin: true },
} as const satisfies Record<BulkAction, { needs: Action; endsAdmin: boolean }>;

export async function bulkTargets(
  tx: Tx,
  actor: Pick<Actor, "userId" | "role" | "limits">,
  request: BulkRequest,
): Promise<BulkTargets | { kind: "forbidden" } | { kind: "roleUnknown" }> {
  const { needs, endsAdmin } = BULK_ACTIONS[request.action];
  if (!may(actor, needs, "User")) return { kind: "forbidden" };
  const roles = await tx.role.findMany({ select: newRoleColumns });
  const governed = roles.flatMap((one) => {
    const judged = judgeNewRole(actor, one);
    return judged.kind === "granted" ? [judged.role] : [];
  });
  let role: NewRole | null = null;
  if (request.action === "changeRole") {
    const wanted = judgeNewRole(
      actor,
      roles.find(({ slug }) => slug === request.role),
    );
    if (wanted.kind !== "granted") return wanted;
    role = wanted.role;
  }
  return {
    kind: "targets",
    seen: scopeOf(actor, "read", "User"),
    allowed: {
      AND: [
        scopeOf(actor, "read", "User"),
        scopeOf(actor, needs, "User"),
        { roleId: { in: governed.map(({ id }) => id) } },
        { id: { not: actor.userId } },
      ],
    },
    differs: differing(request.action, role),
    endsAdmin,
    role,
  };
}

function differing(action: BulkAction, role: NewRole | null): Prisma.UserWhereInput {
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
