import { execFile } from "node:child_process";
import {
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runSql } from "@/e2e/support/database";
import { openEmbeddedPostgres } from "./embedded-postgres";

let folder: string;
let dataDir: string;
/** A data folder that was in use once, to be copied: quicker than making another. */
let used: string;
beforeAll(async () => {
  used = await mkdtemp(path.join(tmpdir(), "latchkey-embedded-"));
  await (await openEmbeddedPostgres(used)).close();
});
afterAll(() => rm(used, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-embedded-"));
  dataDir = path.join(folder, "data");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function serverPid(of = dataDir): Promise<number> {
  return Number((await readFile(path.join(of, "postgres/postmaster.pid"), "utf8")).split("\n")[0]);
}

/** As an operator copies: modes, times, sockets and what PostgreSQL has noted about its server included. */
async function copyFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)("cp", ["-a", from, to]);
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
  beforeEach(() => copyFolder(used, dataDir));

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
    await rm(dataDir, { recursive: true });
    await mkdir(path.join(dataDir, "postgres.new/base"), { recursive: true, mode: 0o700 });
    const postgres = await openEmbeddedPostgres(dataDir);
    await runSql(postgres.url, "SELECT 1");
    await postgres.close();
  });
});

describe("a data folder that is copied or moved", () => {
  beforeEach(() => copyFolder(used, dataDir));
  const NOTES = "SELECT note FROM notes ORDER BY note";

  test("copied while it is used: the copy has a server of its own, and neither harms the other", async () => {
    const original = await openEmbeddedPostgres(dataDir);
    const copied = path.join(folder, "copied");
    try {
      await runSql(
        original.url,
        "CREATE TABLE notes (note text); INSERT INTO notes VALUES ('old')",
      );
      await runSql(original.superuserUrl, "CHECKPOINT");
      const pid = await serverPid();
      await copyFolder(dataDir, copied);
      expect(await serverPid(copied)).toBe(pid);

      const copy = await openEmbeddedPostgres(copied);
      expect(await serverPid(copied)).not.toBe(pid);
      await runSql(copy.url, "INSERT INTO notes VALUES ('of the copy')");
      expect(await runSql(copy.url, NOTES)).toHaveLength(2);
      await copy.close();

      expect(isAlive(pid)).toBe(true);
      expect(await runSql(original.url, NOTES)).toEqual([{ note: "old" }]);
    } finally {
      await original.close();
    }
  });

  test("copied from under a server that was left behind by a kill: that one is let alone", async () => {
    const original = await openEmbeddedPostgres(dataDir);
    const pid = await serverPid();
    const noted = await readFile(path.join(dataDir, "postgres/postmaster.pid"), "utf8");
    const copied = path.join(folder, "copied");
    await copyFolder(dataDir, copied);
    await original.close();
    expect(isAlive(pid)).toBe(false);
    // The original runs again, at the very place that the copy has noted.
    const again = await openEmbeddedPostgres(dataDir);
    const itsPid = await serverPid();
    await writeFile(
      path.join(copied, "postgres/postmaster.pid"),
      noted.replace(/^\d+/, String(itsPid)),
    );
    const copy = await openEmbeddedPostgres(copied);
    expect(copy.url).not.toBe(again.url);
    await copy.close();
    expect(isAlive(itsPid)).toBe(true);
    await again.close();
  });

  test("moved while nothing runs, also after a kill: it works at its new place", async () => {
    const first = await openEmbeddedPostgres(dataDir);
    await runSql(first.url, "CREATE TABLE notes (note text); INSERT INTO notes VALUES ('kept')");
    const noted = await readFile(path.join(dataDir, "postgres/postmaster.pid"), "utf8");
    await first.close();
    await writeFile(path.join(dataDir, "postgres/postmaster.pid"), noted);
    const moved = path.join(folder, "moved");
    await rename(dataDir, moved);
    await symlink(moved, dataDir);

    const second = await openEmbeddedPostgres(dataDir);
    expect(await runSql(second.url, NOTES)).toEqual([{ note: "kept" }]);
    await second.close();
  });

  test("moved while it is used: found by its folder, never started twice, stopped by the last", async () => {
    const first = await openEmbeddedPostgres(dataDir);
    await runSql(first.url, "CREATE TABLE notes (note text); INSERT INTO notes VALUES ('kept')");
    const pid = await serverPid();
    const moved = path.join(folder, "moved");
    await rename(dataDir, moved);

    const second = await openEmbeddedPostgres(moved);
    expect(await serverPid(moved)).toBe(pid);
    expect(await runSql(second.url, NOTES)).toEqual([{ note: "kept" }]);
    await second.close();
    expect(isAlive(pid)).toBe(true);
    await first.close();
    expect(isAlive(pid)).toBe(false);
    expect(await readdir(folder)).toEqual(["moved"]);
  });

  test("taken away while it is used: nothing empty is put in its place", async () => {
    const postgres = await openEmbeddedPostgres(dataDir);
    const pid = await serverPid();
    await rename(dataDir, path.join(folder, "away"));
    process.kill(pid, "SIGKILL");
    await until(() => !isAlive(pid));
    await sleep(700); // it has tried again meanwhile
    expect(await readdir(folder)).toEqual(["away"]);
    await postgres.close();
  });
});

describe("a data folder that has lost its database is refused, and nothing is made in its place", () => {
  beforeEach(() => copyFolder(used, dataDir));

  const at = (name: string) => path.join(dataDir, name);
  const refuses = async (words: RegExp) => {
    const before = await readdir(dataDir, { recursive: true });
    await expect(openEmbeddedPostgres(dataDir)).rejects.toThrow(words);
    expect(await readdir(dataDir, { recursive: true })).toEqual(before);
  };

  test("the half of it", async () => {
    for (const part of ["PG_VERSION", "base", "global/pg_control", "pg_wal"]) {
      const aside = path.join(folder, "aside");
      await rename(at(`postgres/${part}`), aside);
      await refuses(new RegExp(`not whole: ${part} is missing`));
      await rename(aside, at(`postgres/${part}`));
    }
  });

  test("all of it, whatever else is left to tell", async () => {
    await rename(at("postgres"), path.join(folder, "aside"));
    await refuses(/was in use before/);
    await mkdir(at("postgres"));
    await refuses(/was in use before/);
    await rm(at("postgres"), { recursive: true });
    await symlink(path.join(folder, "not-mounted"), at("postgres"));
    await refuses(/link to what is not there/);
    for (const name of await readdir(dataDir)) await rm(at(name), { recursive: true });
    await writeFile(at("auth-secret"), "secret");
    await refuses(/was in use before \(it has auth-secret\)/);
  });

  test.runIf(process.getuid?.() === 0)("its owner; what root has put back is root's", async () => {
    await chown(at("postgres"), 12_345, 12_345);
    await refuses(/belongs to the user .* 12345/);
    await chown(at("postgres"), 0, 0);
    await (await openEmbeddedPostgres(dataDir)).close();
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
