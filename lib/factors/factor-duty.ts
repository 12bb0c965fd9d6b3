import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import { Prisma } from "@/lib/platform/db";
import { WITHOUT_FACTOR } from "./take-second-factor";

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

/**
 * What `factorDuty` has to know of "users" joined with its "roles", in SQL. Whether there is a factor is looked up only
 * where one is asked for.
 */
export const FACTOR_DUTY_SQL = Prisma.sql`
  "roles"."second_factor_grace_days" AS "secondFactorGraceDays",
  "roles"."second_factor_required_since" AS "secondFactorRequiredSince",
  CASE WHEN "roles"."second_factor_grace_days" IS NOT NULL THEN NOT ${WITHOUT_FACTOR} END AS "hasSecondFactor"`;

/** What `FACTOR_DUTY_SQL` selects. */
export const FactorDutyRow = z.object({
  secondFactorGraceDays: z.number().nullable(),
  secondFactorRequiredSince: z.date().nullable(),
  /** null where the role asks for none. */
  hasSecondFactor: z.boolean().nullable(),
});

/** What the role asks of a user, as of now. */
export function factorDuty(
  user: { createdAt: Date },
  row: z.output<typeof FactorDutyRow>,
): Pick<Actor, "factorDuty" | "mustEnrol"> {
  const due = factorDueOf(row, user);
  if (due === null) return { factorDuty: null, mustEnrol: false };
  const missing = row.hasSecondFactor !== true;
  return {
    factorDuty: { due, missing },
    mustEnrol: missing && due.getTime() <= databaseNow().getTime(),
  };
}
