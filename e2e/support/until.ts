import { setTimeout as sleep } from "node:timers/promises";

/** Waits until something holds; a question that fails is asked again. Throws when it does not come about in time. */
export async function until(holds: () => Promise<boolean>, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s`);
    await sleep(100);
  }
}
