import { BulkRequest } from "@/lib/bulk/bulk-request";
import { changeUsers } from "@/lib/bulk/change-users";
import { importUsers } from "@/lib/import/import-users";
import { ask } from "@/lib/platform/ask";
import { databaseNow } from "@/lib/platform/database-now";
import { isDatabaseFault, Prisma, type Tx, transaction } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { runInRequest } from "@/lib/platform/request-context";
import { findActorById } from "@/lib/sessions/find-actor";
import { endJob } from "./end-job";
import type { ItemData } from "./job-item-view";
import type { JobOptions, JobRow, JobView, Outcome } from "./job-view";

type Item = { position: number; userId: string | null; label: string; data: unknown };
type Result = { position: number; userId: string | null; outcome: Outcome; reason: string | null };

/**
 * Takes the running job that has waited longest and does its next items: users, audit and progress change in one
 * transaction, under the lock of the job's row. So a chunk is done once or not at all; two processes never do
 * the same one; and a process that dies leaves nothing to clean up, since its lock dies with it.
 *
 * @param size how many items at most; `rows` of an import
 * @returns the kind of the job, or null when there was nothing to do
 * @throws {DatabaseUnavailable} and nothing was changed
 */
export async function workChunk(size: number, rows = size): Promise<JobRow["kind"] | null> {
  // Asked every few seconds of an idle server, for which the models and a transaction are not set in motion.
  const running = Prisma.sql`SELECT FROM "jobs" WHERE "state" = 'running' LIMIT 1`;
  if ((await ask(running, () => true)).length === 0) return null;
  let taken: JobRow | null = null;
  try {
    return await transaction(async (tx) => {
      taken = null;
      const [next] = await tx.$queryRaw<{ id: string }[]>`
        SELECT "id" FROM "jobs" WHERE "state" = 'running'
        ORDER BY "touched_at" LIMIT 1 FOR UPDATE SKIP LOCKED`;
      if (next === undefined) return null;
      const job = await tx.job.findUniqueOrThrow({ where: { id: next.id } });
      taken = job;
      await asRequested(job, () => work(tx, job, job.kind === "import" ? rows : size));
      return job.kind;
    });
  } catch (error) {
    const job = taken as JobRow | null;
    if (job === null || isDatabaseFault(error)) throw error;
    // A bug of ours would come back with every attempt; whoever started the job is told, and so is the log.
    log().error({ err: error, job: job.id }, "a job failed");
    await transaction((tx) => asRequested(job, () => stop(tx, job, "failed")));
    return job.kind;
  }
}

/** The audit trail names the request that started the job, not the process that works on it. */
function asRequested<T>(job: JobRow, run: () => Promise<T>): Promise<T> {
  const { requestId, address } = job;
  return runInRequest(
    { id: requestId ?? job.id, address, directLoopback: false, userAgent: null },
    run,
  );
}

async function stop(tx: Tx, job: JobRow, because: JobView["stoppedBecause"]): Promise<void> {
  const creator = { userId: job.creatorId, email: job.creatorEmail };
  await endJob(tx, creator, job.id, "STOPPED", because);
}

async function work(tx: Tx, job: JobRow, size: number): Promise<void> {
  const actor = await findActorById(tx, job.creatorId, job.tokenId);
  if (actor === null) return stop(tx, job, "creatorGone");
  const items = await nextItems(tx, job, size);
  const last = items.at(-1);
  if (last === undefined) {
    await endJob(tx, actor, job.id, "DONE");
    return;
  }
  const results =
    job.kind === "import"
      ? await importItems(tx, actor, job, items)
      : await changeItems(tx, actor, job, items);
  if (!Array.isArray(results)) return stop(tx, job, results.kind);
  await storeResults(tx, job, results);
  const { changed, unchanged, rejected } = await storeProgress(tx, job, results, last.position);
  if (changed + unchanged + rejected === job.total) await endJob(tx, actor, job.id, "DONE");
}

/**
 * Up to `size` items that wait, of as many places: each end is told to PostgreSQL, which knows nothing yet about the items
 * of a job that has just been stored, and would read all that are left for each chunk.
 */
function nextItems(tx: Tx, job: JobRow, size: number): Promise<Item[]> {
  return tx.$queryRaw`
    WITH "first" AS (
      SELECT min("position") AS "position" FROM "job_items"
      WHERE "job_id" = ${job.id}::uuid AND "position" > ${job.position} AND "outcome" = 'pending'
    )
    SELECT "position", "user_id" AS "userId", "label", "data" FROM "job_items"
    WHERE "job_id" = ${job.id}::uuid AND "outcome" = 'pending'
      AND "position" >= (SELECT "position" FROM "first")
      AND "position" < (SELECT "position" FROM "first") + ${size}
    ORDER BY "position"`;
}

type Stopped = { kind: "forbidden" | "roleUnknown" };
type JobActor = NonNullable<Awaited<ReturnType<typeof findActorById>>>;

async function changeItems(
  tx: Tx,
  actor: JobActor,
  job: JobRow,
  items: readonly Item[],
): Promise<Result[] | Stopped> {
  const request = BulkRequest.parse({ action: job.kind, ...(job.options as JobOptions) });
  const ids = items.flatMap(({ userId }) => userId ?? []);
  const changed = await changeUsers(tx, actor, request, ids, { job: job.id });
  if (changed.kind !== "done") return changed;
  return items.map(({ position, userId }) => {
    const outcome = changed.outcomes.get(userId ?? "") ?? { kind: "rejected", reason: "notFound" };
    const reason = outcome.kind === "rejected" ? outcome.reason : null;
    return { position, userId, outcome: outcome.kind, reason };
  });
}

async function importItems(
  tx: Tx,
  actor: JobActor,
  job: JobRow,
  items: readonly Item[],
): Promise<Result[] | Stopped> {
  const rows = items.map(({ label, data }) => ({ ...(data as ItemData), email: label }));
  const outcomes = await importUsers(tx, actor, rows, { job: job.id });
  if (outcomes === null) return { kind: "forbidden" };
  return items.map(({ position, label }) => {
    const outcome = outcomes.get(label);
    const rest = { position, userId: null };
    switch (outcome?.kind) {
      case "created":
        return { ...rest, userId: outcome.id, outcome: "changed", reason: null };
      case "rejected":
        return { ...rest, outcome: "rejected", reason: outcome.reason };
      default:
        return { ...rest, outcome: "unchanged", reason: "emailTaken" };
    }
  });
}

async function storeResults(tx: Tx, job: JobRow, results: readonly Result[]): Promise<void> {
  const places = results.map(({ position }) => position);
  await tx.$executeRaw`
    UPDATE "job_items" AS item
    SET "outcome" = result."outcome", "reason" = result."reason", "user_id" = result."user_id"
    FROM unnest(
      ${places}::int[],
      ${results.map(({ outcome }) => outcome)}::job_outcome[],
      ${results.map(({ reason }) => reason)}::text[],
      ${results.map(({ userId }) => userId)}::uuid[]
    ) AS result("position", "outcome", "reason", "user_id")
    WHERE item."job_id" = ${job.id}::uuid AND item."position" = result."position"
      AND item."position" BETWEEN ${places.at(0)}::int AND ${places.at(-1)}::int`;
}

async function storeProgress(
  tx: Tx,
  job: JobRow,
  results: readonly Result[],
  position: number,
): Promise<JobRow> {
  const count = (outcome: Outcome) => results.filter((one) => one.outcome === outcome).length;
  return tx.job.update({
    where: { id: job.id },
    data: {
      position,
      touchedAt: databaseNow(),
      changed: { increment: count("changed") },
      unchanged: { increment: count("unchanged") },
      rejected: { increment: count("rejected") },
    },
  });
}
