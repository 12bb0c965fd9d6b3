import { setTimeout as sleep } from "node:timers/promises";
import { get } from "./http";

type Headers = Record<string, string>;

/** Waits for a job to end. */
export async function endOfJob(base: string, id: string, headers: Headers, milliseconds = 60_000) {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const { json } = await get(base, `/v1/jobs/${id}`, headers);
    if (json.finishedAt !== null) return json;
    if (Date.now() > deadline) throw new Error(`The job did not end: ${JSON.stringify(json)}`);
    await sleep(50);
  }
}

/** Every item of a job, walked by cursor. */
export async function itemsOf(base: string, id: string, headers: Headers, query = "") {
  const items: {
    position: number;
    userId: string | null;
    label: string;
    outcome: string;
    reason: string | null;
    data: Record<string, unknown> | null;
  }[] = [];
  let cursor = "";
  do {
    const { json } = await get(base, `/v1/jobs/${id}/items?limit=100${query}${cursor}`, headers);
    items.push(...json.data);
    cursor = json.nextCursor === null ? "" : `&cursor=${json.nextCursor}`;
  } while (cursor !== "");
  return items;
}
