import type { Tx, UserStatus } from "@/lib/platform/db";
import type { Change, SharedData } from "./save-user";

/**
 * What enabling or disabling a user changes, or saying why one is disabled. Whoever is enabled and never had a
 * password was invited, and is again; "active" would be a lie.
 *
 * @param asked what is undefined stays; the reason counts for who is disabled then
 * @param joined whether the user has ever had a password
 */
export function statusChange(
  before: { status: UserStatus; disabledReason: string | null },
  asked: { status: "active" | "disabled" | undefined; reason: string | null | undefined },
  joined: boolean,
): Change<SharedData> {
  const change: Change<SharedData> = { data: {}, details: {} };
  const enables = asked.status === "active" && before.status === "DISABLED";
  const enabled = joined ? "ACTIVE" : "INVITED";
  const next = asked.status === "disabled" ? "DISABLED" : enables ? enabled : before.status;
  if (next !== before.status) {
    change.data.status = next;
    if (next !== "DISABLED") change.data.disabledReason = null;
    change.details["status"] = { from: before.status.toLowerCase(), to: next.toLowerCase() };
  }
  const { reason } = asked;
  if (next === "DISABLED" && reason !== undefined && reason !== before.disabledReason) {
    change.data.disabledReason = reason;
    if (reason !== null) change.details["reason"] = reason;
  }
  return change;
}

/** Whether a user has ever had a password. */
export async function hasJoined(tx: Tx, id: string): Promise<boolean> {
  return (await tx.user.count({ where: { id, passwordHash: { not: null } } })) > 0;
}
