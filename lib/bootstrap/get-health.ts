import type { Actor } from "@/lib/access/actor";
import type { Refusal } from "@/lib/access/refusal";
import { findUnsealed } from "@/lib/audit/find-unsealed";
import { ask } from "@/lib/platform/ask";
import { Prisma } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { clientsLookAlike } from "@/lib/platform/http/clients-look-alike";
import type { VisitedAddress } from "@/lib/platform/http/visited-address";
import { mayReadSettings } from "@/lib/settings/may-read-settings";
import manifest from "@/package.json";
import type { HEALTH_IDS, HealthView } from "./health-view";
import { preflight } from "./preflight";
import { requireReady } from "./readiness";

type Check = HealthView["checks"][number] & { id: (typeof HEALTH_IDS)[number] };

/**
 * How the installation does, as this process and this request see it.
 *
 * @param at the address that was visited; null when this is no request
 * @throws {DatabaseUnavailable}
 */
export async function getHealth(
  actor: Actor,
  at: VisitedAddress | null,
): Promise<{ kind: "found"; health: HealthView } | Refusal<"forbidden">> {
  if (!mayReadSettings(actor)) return { kind: "forbidden" };
  const [before, ready, trail, jobs] = await Promise.all([
    preflight(at),
    requireReady(),
    trailCheck(),
    jobsCheck(),
  ]);
  const checks = [
    ...before,
    clientsCheck(at),
    { id: "writing", state: ready === "readOnly" ? "warning" : "ok" } as const,
    trail,
    jobs,
    mailCheck(),
  ];
  return { kind: "found", health: { version: manifest.version, checks } };
}

function clientsCheck(at: VisitedAddress | null): Check {
  const proxied = at?.proxied ?? false;
  const state = clientsLookAlike(proxied) ? "warning" : "ok";
  return { id: "clients", state, detail: { proxied: proxied ? "yes" : "no" } };
}

async function trailCheck(): Promise<Check> {
  const { waiting, since, late } = await findUnsealed();
  const detail = { waiting: String(waiting), ...(since && { since: since.toISOString() }) };
  return { id: "trail", state: late ? "warning" : "ok", detail };
}

/** Every server works on jobs, a chunk in seconds: what was not touched for longer is worked on by none. */
const JOBS = Prisma.sql`
  SELECT count(*) FILTER (WHERE "position" > 0) AS "running", count(*) FILTER (WHERE "position" = 0) AS "waiting",
    coalesce(min("touched_at") < clock_timestamp() - interval '5 minutes', false) AS "late"
  FROM "jobs" WHERE "state" = 'running'`;

async function jobsCheck(): Promise<Check> {
  const [row] = await ask(
    JOBS,
    (row) => row as { running: string; waiting: string; late: boolean },
  );
  const detail = { running: row?.running ?? "0", waiting: row?.waiting ?? "0" };
  return { id: "jobs", state: row?.late ? "warning" : "ok", detail };
}

/** The address of the server has the password in it: only the host is told. */
function mailCheck(): Check {
  const { mail } = env();
  if (mail === undefined) return { id: "mail", state: "warning" };
  const detail = { from: mail.from, server: new URL(mail.smtpUrl).host };
  return { id: "mail", state: "ok", detail };
}
