import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Database, freshDatabase } from "../support/database";
import { buildClaimant } from "./claimants";
import { RACE_TIMES } from "./race-times";

vi.setConfig({ testTimeout: 180_000 * RACE_TIMES }); // many rounds, each with processes of its own

let claimant: Awaited<ReturnType<typeof buildClaimant>>;
beforeAll(async () => {
  claimant = await buildClaimant();
});
afterAll(() => claimant.remove());

/** What the database holds in the end. */
async function stored(database: Database) {
  const [row] = await database.sql(
    `SELECT (SELECT count(*)::int FROM installation) AS installations,
            (SELECT count(*)::int FROM users) AS users,
            (SELECT count(*)::int FROM audit_events WHERE action = 'installation.claimed') AS claims`,
  );
  return row;
}

async function race(processes: number, parallel: number, doors: string) {
  const database = await freshDatabase();
  const running = await claimant.start({ databaseUrl: database.url, processes, parallel, doors });
  try {
    const tally = await running.go();
    running.release();
    return { tally, stored: await stored(database) };
  } finally {
    await database.drop();
  }
}

/** Doors that claim once; `signup` may create more administrators by its contract and has rows of its own. */
const ONCE = "bootstrap,setup,initialize,wizard,headless";

describe("who is first administrator when many ask at once", () => {
  const table: Record<string, unknown>[] = [];
  afterAll(() => {
    console.log("doors x processes x parallel x rounds -> first administrators");
    console.table(table);
  });

  test.each([
    { doors: "setup", processes: 2, parallel: 50, rounds: 1 },
    { doors: "bootstrap", processes: 2, parallel: 50, rounds: 1 },
    { doors: "initialize", processes: 2, parallel: 50, rounds: 1 },
    { doors: "wizard", processes: 2, parallel: 50, rounds: 1 },
    { doors: "headless", processes: 3, parallel: 1, rounds: 1 },
    { doors: ONCE, processes: 4, parallel: 30, rounds: 3 },
  ])("$doors, $processes processes x $parallel, $rounds rounds", async (row) => {
    for (let round = 0; round < row.rounds * RACE_TIMES; round++) {
      const result = await race(row.processes, row.parallel, row.doors);
      expect(result.tally).toEqual({ created: 1, alreadySetUp: row.processes * row.parallel - 1 });
      expect(result.stored).toEqual({ installations: 1, users: 1, claims: 1 });
    }
    table.push({ ...row, administrators: 1 });
  });

  test("with signup among them: one claim, and only signup adds administrators", async () => {
    const row = { doors: `${ONCE},signup`, processes: 2, parallel: 24, rounds: RACE_TIMES };
    for (let round = 0; round < row.rounds; round++) {
      const result = await race(row.processes, row.parallel, row.doors);
      const created = result.tally["created"] ?? 0;
      expect(result.stored).toEqual({ installations: 1, users: created, claims: 1 });
      // Every sixth of the 24 in each process goes through signup; the rest share one success at most.
      expect(created).toBeLessThanOrEqual(1 + 2 * 4);
    }
    table.push({ ...row, administrators: 1 });
  });
});

describe("faults in the middle of a claim", () => {
  /** Afterwards it is all or nothing, and an open installation can still be claimed. */
  async function expectWholeOrOpen(database: Database) {
    const row = await stored(database);
    const whole = { installations: 1, users: 1, claims: 1 };
    expect([whole, { installations: 0, users: 0, claims: 0 }]).toContainEqual(row);
    const one = { processes: 1, parallel: 1, doors: "setup" };
    const next = await claimant.start({ databaseUrl: database.url, ...one });
    const tally = await next.go();
    next.release();
    expect(tally).toEqual(row?.["claims"] === 1 ? { alreadySetUp: 1 } : { created: 1 });
    expect(await stored(database)).toEqual(whole);
    return row?.["claims"] === 1;
  }

  test("connections killed again and again: 503 or the truth, never two, never half", async () => {
    const rounds = 3 * RACE_TIMES;
    for (let round = 0; round < rounds; round++) {
      const database = await freshDatabase();
      const parallel = 30;
      const two = { processes: 2, parallel, doors: ONCE };
      const running = await claimant.start({ databaseUrl: database.url, ...two });
      let over = false;
      const killing = (async () => {
        while (!over) {
          await database.sql(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND application_name = 'latchkey'`,
          );
          await new Promise((resolve) => setTimeout(resolve, 10 * (round % 3)));
        }
      })();
      const killed = setTimeout(() => {
        over = true;
      }, 150);
      const tally = await running.go();
      clearTimeout(killed);
      over = true;
      await killing;
      running.release();
      for (const kind of Object.keys(tally)) {
        expect(["created", "alreadySetUp", "unavailable"]).toContain(kind);
      }
      expect(tally["created"] ?? 0).toBeLessThanOrEqual(1);
      await expectWholeOrOpen(database);
      await database.drop();
    }
  });

  test("kill -9 at random points: complete or open", async () => {
    const seen = { complete: 0, open: 0 };
    const rounds = 4 * RACE_TIMES;
    for (let round = 0; round < rounds; round++) {
      const database = await freshDatabase();
      const one = { processes: 1, parallel: 3, doors: "setup" };
      const running = await claimant.start({ databaseUrl: database.url, ...one });
      const heard = running.go();
      await new Promise((resolve) => setTimeout(resolve, 30 + ((round * 90) % 350)));
      running.kill9();
      await heard;
      seen[(await expectWholeOrOpen(database)) ? "complete" : "open"]++;
      await database.drop();
    }
    console.log(`kill -9 in ${rounds} claims:`, seen);
  });
});
