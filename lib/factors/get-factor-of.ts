import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { query } from "@/lib/platform/db";
import { userInReach } from "@/lib/users/reach-user";
import { factorDuty, requirementColumns } from "./factor-duty";
import { hasSecondFactor } from "./take-second-factor";

export type GetFactorOfOutcome =
  /** `due`: by when the role asks for one, ISO 8601 in UTC; null when it does not. */
  | { kind: "found"; has: boolean; due: string | null; overdue: boolean }
  | Refusal<"forbidden" | "notFound">;

/** Whether a user whom `actor` may help to sign in has a second factor, and has to. @throws {DatabaseUnavailable} */
export async function getFactorOf(actor: Actor, userId: string): Promise<GetFactorOfOutcome> {
  return query(async (db): Promise<GetFactorOfOutcome> => {
    const helps = may(actor, "removeFactor", "User") ? "removeFactor" : "resetPassword";
    const reached = await userInReach(db, actor, helps, userId);
    if (reached.kind !== "reached") return reached;
    const user = await db.user.findUnique({
      where: { id: userId },
      select: { createdAt: true, role: { select: requirementColumns } },
    });
    if (user === null) return { kind: "notFound" };
    const has = await hasSecondFactor(db, userId);
    const duty = factorDuty(user, { ...user.role, hasSecondFactor: has });
    const due = duty.factorDuty?.due.toISOString() ?? null;
    return { kind: "found", has, due, overdue: duty.mustEnrol };
  });
}
