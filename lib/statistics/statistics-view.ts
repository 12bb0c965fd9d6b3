import { z } from "zod";

/** How many days are told, today among them. */
export const SHOWN_DAYS = 30;
/** How soon an invitation runs out that is worth a word. */
export const EXPIRING_DAYS = 2;

const count = (description?: string) =>
  z
    .int()
    .nonnegative()
    .meta({ ...(description && { description }) });

/** A day in UTC. */
export const DayView = z.object({
  day: z.iso.date(),
  signIns: count(),
  refusedSignIns: count(
    "Wrong password or code, unknown or disabled account, or too many attempts.",
  ),
  blocks: count("How often an account was closed to a client for a while, after wrong passwords."),
  usersAdded: count(),
  usersRemoved: count(),
  users: count("How many there were at its end; today, how many there are."),
});
export type DayView = z.output<typeof DayView>;

export const RoleFigures = z.object({
  slug: z.string(),
  name: z.string(),
  active: count("Active holders."),
  withSecondFactor: count("Those of them who have a second factor."),
  secondFactorRequired: z.boolean(),
});
export type RoleFigures = z.output<typeof RoleFigures>;

/** What an installation is told by in figures. Days are those of UTC. */
export const Statistics = z
  .object({
    asOf: z.iso.datetime().meta({
      description: "When users were counted: up to a minute ago, with very many of them.",
    }),
    users: z.object({
      total: count(),
      byStatus: z.object({ active: count(), invited: count(), disabled: count() }),
      byRole: z.array(RoleFigures).meta({ description: "The roles that somebody active has." }),
    }),
    expiringInvitations: count("Those whose links run out within two days."),
    joinRequests: count("Those who came by a link for several people and wait to be let in."),
    days: z
      .array(DayView)
      .length(SHOWN_DAYS)
      .meta({ description: "The last 30 days in UTC, the newest last." }),
  })
  .meta({ id: "Statistics" });
export type Statistics = z.output<typeof Statistics>;
