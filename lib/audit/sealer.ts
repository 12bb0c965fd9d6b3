import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseFault } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { sealEvents } from "./seal-events";
import { sealerBell } from "./sealer-bell";

/** From an event to its seal, when no transaction holds it up: what is appended in between is sealed with it. */
const GATHER_MS = 500;
const AFTER_FAULT_MS = 5_000;
/** How often a process looks for what others have appended and left unsealed when they died. */
const LOOK_EVERY_MS = 30_000;

/**
 * Seals the audit trail until it is stopped; each process has a sealer, and the database lets one work at a time.
 *
 * @returns stops, and leaves what is unsealed to another process or to the next start
 */
export function startSealer(): () => Promise<void> {
  const stopping = new AbortController();
  const sealer = sealUntil(stopping.signal);
  return async () => {
    stopping.abort();
    await sealer;
  };
}

/** Seals what this process has appended, for one that is about to end; what another one holds up is left to a server. */
export async function sealOwnEvents(): Promise<void> {
  if (!sealerBell().hasRung) return;
  // What one look seals the next one knows to be settled.
  for (let look = 0; look < 3; look++) await sealAll();
}

async function sealUntil(stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const sealed = await sealAll(stopping);
    if (sealed === true) await sealerBell().heard(stopping, LOOK_EVERY_MS);
    const pause = sealed === null ? AFTER_FAULT_MS : GATHER_MS;
    await sleep(pause, undefined, { signal: stopping }).catch(() => {});
  }
}

/** @returns whether nothing is left that was appended before; null when the database did not let it */
async function sealAll(stopping?: AbortSignal): Promise<boolean | null> {
  try {
    for (;;) {
      const sealing = await sealEvents();
      if (sealing !== "more" || stopping?.aborted) return sealing === "sealed";
    }
  } catch (error) {
    if (!isDatabaseFault(error)) log().error({ err: error }, "the sealer failed");
    return null;
  }
}
