import { secondsAhead } from "@/lib/platform/database-now";
import { isDatabaseFault, query } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { seenProxy } from "@/lib/platform/http/seen-proxy";
import {
  addressFault,
  type VisitedAddress,
  visitedOrigin,
} from "@/lib/platform/http/visited-address";
import { isLoopbackHost } from "@/lib/platform/is-loopback-host";

export const PREFLIGHT_IDS = [
  "database",
  "migrations",
  "address",
  "proxy",
  "secret",
  "clock",
] as const;

export type PreflightCheck = {
  id: (typeof PREFLIGHT_IDS)[number];
  state: "ok" | "warning" | "failed";
  /** Values for the words of the check; never a secret. */
  detail?: Record<string, string>;
};

/** Seconds that this server's clock and the database's may be apart before the logs of both are hard to compare. */
export const CLOCK_TOLERANCE_SECONDS = 5;

/**
 * What an owner should know before claiming, and an administrator afterwards: for whom the installation is open, or who
 * may read its settings.
 *
 * @param at the address that was visited; null when this is no request
 */
export async function preflight(at: VisitedAddress | null): Promise<PreflightCheck[]> {
  const { baseUrl, baseUrlGiven, https, authSecrets } = env();
  const database = await query(
    (db) => db.$queryRaw<[{ version: string; pending: bigint }]>`
      SELECT current_setting('server_version') AS "version",
        (SELECT count(*) FROM "_prisma_migrations"
          WHERE "finished_at" IS NULL AND "rolled_back_at" IS NULL) AS "pending"`,
  ).catch((error) => {
    if (isDatabaseFault(error)) return null;
    throw error;
  });
  const [row] = database ?? [];
  const skew = secondsAhead();
  const visited = at ? visitedOrigin(at) : baseUrl;
  const configured = at === null || addressFault(at) === null;
  const local = URL.canParse(visited) && isLoopbackHost(new URL(visited).host);

  return [
    row
      ? { id: "database", state: "ok", detail: { version: row.version } }
      : { id: "database", state: "failed" },
    { id: "migrations", state: row && row.pending === 0n ? "ok" : "failed" },
    {
      id: "address",
      state: configured && (https || local) ? "ok" : "warning",
      detail: { visited, configured: baseUrl },
    },
    // Once BASE_URL is set, everything that a proxy could upset is set.
    ...(baseUrlGiven
      ? []
      : [{ id: "proxy", state: seenProxy() === null ? "ok" : "warning" } as const]),
    {
      id: "secret",
      // 32 bytes are demanded at start; fewer than 16 different ones were typed, not drawn.
      state: new Set(authSecrets[0]).size >= 16 ? "ok" : "warning",
    },
    {
      id: "clock",
      state: Math.abs(skew) <= CLOCK_TOLERANCE_SECONDS ? "ok" : "warning",
      detail: { seconds: String(Math.abs(skew)) },
    },
  ];
}
