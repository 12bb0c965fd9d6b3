import type { Actor } from "@/lib/access/actor";
import { mayAll } from "@/lib/access/policy";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import { countUsers, type UserCounts } from "./count-users";
import { readDayCounts } from "./read-day-counts";
import { type DayView, SHOWN_DAYS, type Statistics } from "./statistics-view";

type GetStatisticsOutcome = { kind: "counted"; statistics: Statistics } | { kind: "forbidden" };

/** The figures of the installation, for who may read every user there is. @throws {DatabaseUnavailable} */
export async function getStatistics(actor: Actor): Promise<GetStatisticsOutcome> {
  if (!mayAll(actor, "read", "User")) return { kind: "forbidden" };
  const now = databaseNow();
  const days = Array.from({ length: SHOWN_DAYS }, (_, i) =>
    daysAfter(now, i + 1 - SHOWN_DAYS)
      .toISOString()
      .slice(0, 10),
  );
  const [counts, signIns] = await Promise.all([countUsers(), readDayCounts(days[0] ?? "")]);
  const byStatus = { active: 0, invited: 0, disabled: 0 };
  for (const { status, users } of counts.byStatus) byStatus[status] = users;
  const total = byStatus.active + byStatus.invited + byStatus.disabled;
  const statistics = {
    asOf: counts.asOf.toISOString(),
    users: { total, byStatus, byRole: counts.byRole },
    expiringInvitations: counts.expiringInvitations,
    joinRequests: counts.joinRequests,
    days: told(days, signIns, counts, total),
  };
  return { kind: "counted", statistics };
}

/** From today back: what came is taken away again, what went is put back. */
function told(
  days: readonly string[],
  signIns: Awaited<ReturnType<typeof readDayCounts>>,
  counts: UserCounts,
  total: number,
): DayView[] {
  let users = total;
  return days
    .toReversed()
    .map((day) => {
      const moved = counts.days.find((one) => one.day === day);
      const signing = signIns.find((one) => one.day === day);
      const usersAdded = moved?.added ?? 0;
      const usersRemoved = moved?.removed ?? 0;
      const view = {
        day,
        signIns: signing?.signIns ?? 0,
        refusedSignIns: signing?.refusedSignIns ?? 0,
        blocks: signing?.blocks ?? 0,
        ...{ usersAdded, usersRemoved, users },
      };
      users = Math.max(0, users - usersAdded + usersRemoved);
      return view;
    })
    .reverse();
}
