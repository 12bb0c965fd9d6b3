import type { Actor } from "@/lib/access/actor";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import type { Tx } from "@/lib/platform/db";
import { hasSecondFactor } from "./take-second-factor";

/** The columns of a role that say whether its holders need a second factor. */
export const requirementColumns = {
  secondFactorGraceDays: true,
  secondFactorRequiredSince: true,
} as const;

type Requirement = {
  secondFactorGraceDays: number | null;
  secondFactorRequiredSince: Date | null;
};

/**
 * By when a holder of a role needs a second factor; null when the role requires none. The days of grace count from
 * when it was required, for later users from when they were created.
 */
function factorDueOf(role: Requirement, user: { createdAt: Date }): Date | null {
  const { secondFactorGraceDays: days, secondFactorRequiredSince: since } = role;
  if (days === null || since === null) return null;
  const begin = Math.max(since.getTime(), user.createdAt.getTime());
  return daysAfter(new Date(begin), days);
}

/** What the role asks of a user, as of now. Costs a query only where something is asked. */
export async function findFactorDuty(
  client: Tx,
  user: { id: string; createdAt: Date; role: Requirement },
): Promise<Pick<Actor, "factorDuty" | "mustEnrol">> {
  const due = factorDueOf(user.role, user);
  if (due === null) return { factorDuty: null, mustEnrol: false };
  const missing = !(await hasSecondFactor(client, user.id));
  return {
    factorDuty: { due, missing },
    mustEnrol: missing && due.getTime() <= databaseNow().getTime(),
  };
}
