import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runSql } from "@/e2e/support/database";
import { openEmbeddedPostgres } from "./embedded-postgres";

let folder: string;
let dataDir: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-embedded-"));
  dataDir = path.join(folder, "data");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function serverPid(): Promise<number> {
  return Number(
    (await readFile(path.join(dataDir, "postgres/postmaster.pid"), "utf8")).split("\n")[0],
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await condition()) return;
    await sleep(25);
  }
  throw new Error("It did not come about.");
}

const answersAt = (url: string) =>
  runSql(url, "SELECT 1").then(
    () => true,
    () => false,
  );

test("a private server: socket only, safe on disk, its role no superuser", async () => {
  const postgres = await openEmbeddedPostgres(dataDir);
  try {
    const [settings] = await runSql(
      postgres.url,
      `SELECT current_setting('listen_addresses') AS addresses, current_setting('fsync') AS fsync,
              current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS zone,
              (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS superuser`,
    );
    expect(settings).toEqual({
      addresses: "",
      fsync: "on",
      encoding: "UTF8",
      zone: "UTC",
      superuser: false,
    });
    for (const name of ["", "postgres", "socket"]) {
      expect((await stat(path.join(dataDir, name))).mode & 0o777).toBe(0o700);
    }
  } finally {
    await postgres.close();
  }
});

test("those who start at once share one server, and the last one out stops it", async () => {
  const all = await Promise.all([1, 2, 3].map(() => openEmbeddedPostgres(dataDir)));
  const pid = await serverPid();
  expect(new Set(all.map(({ url }) => url)).size).toBe(1);
  for (const [i, one] of all.entries()) {
    expect(isAlive(pid)).toBe(true);
    await runSql(one.url, "SELECT 1");
    await one.close();
    expect(isAlive(pid)).toBe(i < 2);
  }
});

describe("after a kill", () => {
  test("of the server, while it is used: it is started again, nothing committed is lost", async () => {
    const postgres = await openEmbeddedPostgres(dataDir);
    try {
      await runSql(postgres.url, "CREATE TABLE kept (n int)");
      for (let round = 1; round <= 3; round++) {
        await runSql(postgres.url, `INSERT INTO kept VALUES (${round})`);
        const pid = await serverPid();
        process.kill(pid, "SIGKILL");
        await until(async () => !isAlive(pid) && (await answersAt(postgres.url)));
        expect(await runSql(postgres.url, "SELECT count(*)::int AS n FROM kept")).toEqual([
          { n: round },
        ]);
      }
    } finally {
      await postgres.close();
    }
    await expect(runSql(postgres.url, "SELECT 1")).rejects.toThrow();
  });

  test("of everything: a left-over pid that is somebody else's now is no obstacle", async () => {
    const postgres = await openEmbeddedPostgres(dataDir);
    const pidFile = path.join(dataDir, "postgres/postmaster.pid");
    const noted = await readFile(pidFile, "utf8");
    await postgres.close();
    await writeFile(pidFile, noted.replace(/^\d+/, String(process.pid)));

    const again = await openEmbeddedPostgres(dataDir);
    expect(await serverPid()).not.toBe(process.pid);
    await again.close();
  });

  test("in the middle of making the cluster: it is made anew", async () => {
    await mkdir(path.join(dataDir, "postgres.new/base"), { recursive: true, mode: 0o700 });
    const postgres = await openEmbeddedPostgres(dataDir);
    await runSql(postgres.url, "SELECT 1");
    await postgres.close();
  });
});

test("a data folder with a path too long for a socket, and odd characters in it", async () => {
  dataDir = path.join(folder, `it's "quoted", and ${"long ".repeat(20)}`, "data");
  const postgres = await openEmbeddedPostgres(dataDir);
  try {
    await runSql(postgres.url, "SELECT 1");
  } finally {
    await postgres.close();
  }
});

test("a data folder that cannot be used is refused in words", async () => {
  await writeFile(path.join(folder, "file"), "");
  await expect(openEmbeddedPostgres(path.join(folder, "file"))).rejects.toThrow(/^DATA_DIR: /);
  await mkdir(path.join(dataDir, "postgres"), { recursive: true });
  await writeFile(path.join(dataDir, "postgres/PG_VERSION"), "17\n");
  await expect(openEmbeddedPostgres(dataDir)).rejects.toThrow(/PostgreSQL 17/);
});
