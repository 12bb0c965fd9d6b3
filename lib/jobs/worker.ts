import { setImmediate as otherWork, setTimeout as sleep } from "node:timers/promises";
import { purgeJoinLinks } from "@/lib/links/purge-join-links";
import { isDatabaseFault } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { forgetOldLimits } from "@/lib/platform/limits/limits-in-postgres";
import { log } from "@/lib/platform/log";
import { isSomebodySigningIn } from "@/lib/platform/secrets/password";
import { purgeSessions } from "@/lib/sessions/purge-sessions";
import { purgeDayCounts } from "@/lib/statistics/purge-day-counts";
import { jobBell } from "./job-bell";
import { purgeJobs } from "./purge-jobs";
import { workChunk } from "./work-chunk";

/** Short enough that the users in it are never locked long, and that a cancelled job ends soon. */
const CHUNK = 1_000;
const SMALLEST_CHUNK = 10;
/** An import keeps a core of the database and one of this process busy: beside sign-ins it does less, with pauses. */
const ROWS_BESIDE_SIGN_INS = 200;
const PAUSE_BESIDE_SIGN_INS = 0.5;
/** How soon a job is taken up that another process left when it died; its own takes it up at once. */
const LOOK_EVERY_MS = 15_000;
const AFTER_FAULT_MS = 5_000;
const KEEP_HOUSE_EVERY_MS = 60 * 60 * 1_000;

/**
 * Works on the jobs of the installation until it is stopped; each process has one. A job that is running when
 * the process starts is one that another left, or shares.
 *
 * @returns stops after the chunk that is being worked
 */
export function startWorker(): () => Promise<void> {
  const stopping = new AbortController();
  const worker = workUntil(stopping.signal);
  return async () => {
    stopping.abort();
    await worker;
  };
}

async function workUntil(stopping: AbortSignal): Promise<void> {
  let size = CHUNK;
  let purged = Number.NEGATIVE_INFINITY;
  let reminding: Promise<void> = Promise.resolve();
  while (!stopping.aborted) {
    let busy = false;
    let pause = LOOK_EVERY_MS;
    try {
      const beside = isSomebodySigningIn();
      const began = performance.now();
      const kind = await workChunk(size, beside ? Math.min(size, ROWS_BESIDE_SIGN_INS) : size);
      busy = kind !== null;
      if (kind === "import" && beside) {
        await sleep((performance.now() - began) * PAUSE_BESIDE_SIGN_INS);
      }
      size = Math.min(CHUNK, size * 2);
      if (!busy && performance.now() - purged > KEEP_HOUSE_EVERY_MS) {
        purged = performance.now();
        await purgeJobs();
        await purgeSessions();
        await forgetOldLimits();
        await purgeDayCounts();
        await purgeJoinLinks();
        if (env().mail) reminding = remind(stopping, reminding);
      }
    } catch (error) {
      // Away, or so slow that the chunk was cut: a smaller one may pass.
      size = Math.max(SMALLEST_CHUNK, Math.floor(size / 5));
      pause = AFTER_FAULT_MS;
      if (!isDatabaseFault(error)) log().error({ err: error }, "the worker failed");
    }
    if (busy) await otherWork();
    else await jobBell().heard(stopping, pause);
  }
  await reminding;
}

/** Beside the jobs: a mail server may let one wait. Loaded here, as most servers send no mail. */
async function remind(stopping: AbortSignal, before: Promise<void>): Promise<void> {
  await before;
  try {
    const { remindInvited } = await import("@/lib/links/remind-invited");
    await remindInvited(stopping);
  } catch (error) {
    if (!isDatabaseFault(error)) log().error({ err: error }, "invitations were not reminded of");
  }
}
