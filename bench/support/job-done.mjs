import { setTimeout as sleep } from "node:timers/promises";

/** Asks for a job until it has ended. @returns the job */
export async function jobDone(installation, id, { signal }) {
  for (;;) {
    const { json: job } = await installation.get(`/v1/jobs/${id}`);
    if (job.finishedAt !== null) return job;
    await sleep(20, undefined, { signal });
  }
}
