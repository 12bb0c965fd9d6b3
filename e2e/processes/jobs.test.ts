import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { apiToken, claimed } from "../support/claimed";
import { runSql } from "../support/database";
import { bearer, call, get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";
import { endOfJob } from "../support/jobs";
import { OWNER } from "../support/owner";
import { sharedClaimed } from "../support/shared-claimed";
import { storeUsers } from "../support/store-users";

/** Every user of the job was changed once, and the trail has one event for each. */
async function expectOnce(installation: Installation, jobId: string, count: number) {
  expect(
    await installation.sql(`SELECT count(*)::int AS events, count(DISTINCT target_id)::int AS users
      FROM audit_events WHERE details->>'job' = '${jobId}'`),
  ).toEqual([{ events: count, users: count }]);
  expect(
    await installation.sql(`SELECT count(*)::int AS n FROM job_items
      WHERE job_id = '${jobId}' AND outcome = 'changed'`),
  ).toEqual([{ n: count }]);
}

test("killed with -9 again and again, a bulk action and an import end, each user once", async () => {
  let installation = await claimed();
  const { dataDir } = installation;
  const asAdmin = bearer(await apiToken(installation));
  await storeUsers(installation, "u", 2_000);
  const base = installation.baseUrl;
  const bulk = { action: "disable", filter: { search: "u-" } };
  const job = (await post(base, "/v1/users/bulk", bulk, asAdmin)).json;
  const file = `email\n${Array.from({ length: 2_000 }, (_, n) => `new${n}@example.com\n`).join("")}`;
  const headers = { ...asAdmin, "content-type": "text/csv" };
  const draft = await call(base, "POST", "/v1/users/import", { body: file, headers });
  expect((await post(base, `/v1/jobs/${draft.json.id}/start`, undefined, asAdmin)).status).toBe(
    202,
  );

  const changed = async () =>
    Number((await installation.sql("SELECT sum(changed) AS n FROM jobs"))[0]?.["n"]);
  const atDeath: number[] = [];
  for (let kills = 0; kills < 2; kills++) {
    while ((await changed()) <= (atDeath.at(-1) ?? 0)) await sleep(10);
    await installation.kill9();
    atDeath.push(await changed());
    await installation.stop({ keepData: true });
    installation = await startInstallation({ dataDir });
  }
  expect(atDeath[0]).toBeGreaterThan(0);
  expect(atDeath[0]).toBeLessThan(4_000);
  for (const id of [job.id, draft.json.id]) {
    const ended = await endOfJob(installation.baseUrl, id, asAdmin);
    expect(ended).toMatchObject({ state: "done", total: 2_000, changed: 2_000 });
    await expectOnce(installation, id, 2_000);
  }
  expect(await installation.sql("SELECT count(*)::int AS n FROM users")).toEqual([{ n: 4_001 }]);
  await installation.stop();
});

test("two processes share the jobs and never a chunk; when one is killed the other ends its work", async () => {
  const installation = await claimed({ processes: 2 });
  const [first = "", second = ""] = installation.baseUrls;
  const asAdmin = bearer(await apiToken(installation));
  const jobs: string[] = [];
  for (const name of ["a", "b", "c", "d"]) {
    await storeUsers(installation, name, 1_000);
    const body = { action: "disable", filter: { search: `${name}-` } };
    const base = jobs.length % 2 === 0 ? first : second;
    jobs.push((await post(base, "/v1/users/bulk", body, asAdmin)).json.id);
  }
  installation.processes[0]?.kill("SIGKILL");
  for (const id of jobs) {
    expect(await endOfJob(second, id, asAdmin)).toMatchObject({ state: "done", changed: 1_000 });
    await expectOnce(installation, id, 1_000);
  }
  await installation.stop();
});

test("SIGTERM in the middle of a job: the chunk is finished, exit 0, the next start goes on", async () => {
  // So many that a quick machine is still at it when it is told to stop.
  const USERS = 20_000;
  const installation = await claimed();
  const asAdmin = bearer(await apiToken(installation));
  await storeUsers(installation, "u", USERS);
  const body = { action: "disable", filter: { search: "u-" } };
  const { id } = (await post(installation.baseUrl, "/v1/users/bulk", body, asAdmin)).json;
  expect(await installation.stop({ keepData: true })).toEqual([0]);
  const [row] = await runSql(
    installation.databaseUrl,
    `SELECT changed FROM jobs WHERE id = '${id}'`,
  );
  expect(row?.["changed"]).toBeLessThan(USERS);
  const again = await startInstallation({ dataDir: installation.dataDir });
  const ended = await endOfJob(again.baseUrl, id, asAdmin);
  expect(ended).toMatchObject({ state: "done", changed: USERS });
  await expectOnce(again, id, USERS);
  await again.stop();
});

test("others sign in while thousands are disabled", async () => {
  const installation = await sharedClaimed();
  const base = installation.baseUrl;
  const asAdmin = bearer(await apiToken(installation));
  await storeUsers(installation, "u", 2_000);
  const body = { action: "disable", filter: { search: "u-" } };
  const { id } = (await post(base, "/v1/users/bulk", body, asAdmin)).json;
  const statuses: number[] = [];
  while ((await get(base, `/v1/jobs/${id}`, asAdmin)).json.finishedAt === null) {
    statuses.push((await post(base, "/v1/auth/login", OWNER)).status);
  }
  expect(statuses.length).toBeGreaterThan(0);
  expect([...new Set(statuses)]).toEqual([200]);
});
