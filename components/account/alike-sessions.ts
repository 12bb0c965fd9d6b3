import type { SessionView } from "@/lib/sessions/list-sessions";

/**
 * Sessions that read the same, told as one: of the same device at the same address. The one that looks stands by itself.
 *
 * @param sessions as they are listed; each group stands where its first one did
 */
export function alikeSessions(
  sessions: readonly SessionView[],
  deviceName: (userAgent: string | null) => string,
): SessionView[][] {
  const groups = new Map<string, SessionView[]>();
  for (const session of sessions) {
    const { id, current, door, address, userAgent } = session;
    const key = current ? id : JSON.stringify([door, address, deviceName(userAgent)]);
    const group = groups.get(key);
    if (group) group.push(session);
    else groups.set(key, [session]);
  }
  return [...groups.values()];
}
