import {
  chown,
  mkdir,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { totalmem } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { copyFolder, isAlive, serverPid } from "@/e2e/support/data-folder";
import { runSql } from "@/e2e/support/database";
import { eachWithFolders } from "@/e2e/support/embedded-folders";
import { until } from "@/e2e/support/until";
import { openEmbeddedPostgres } from "./embedded-postgres";

const MIB = 1024 * 1024;

let folder: string;
let dataDir: string;
let used: string;
eachWithFolders((folders) => {
  ({ folder, dataDir, used } = folders);
});

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
  const pid = await serverPid(dataDir);
  expect(new Set(all.map(({ url }) => url)).size).toBe(1);
  for (const [i, one] of all.entries()) {
    expect(isAlive(pid)).toBe(true);
    await runSql(one.url, "SELECT 1");
    await one.close();
    expect(isAlive(pid)).toBe(i < 2);
  }
});

test("its cache has room for its data, and takes an eighth of the memory at most", async () => {
  await copyFolder(used, dataDir);
  const eighth = Math.min(totalmem(), process.constrainedMemory() || Infinity) / 8 / MIB;
  const cache = async () => {
    const postgres = await openEmbeddedPostgres(dataDir);
    const [row] = await runSql(
      postgres.url,
      `SELECT (SELECT setting::int / 128 FROM pg_settings WHERE name = 'shared_buffers') AS "MiB",
         (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS "oid"`,
    );
    await postgres.close();
    return row as { MiB: number; oid: string };
  };
  const usual = await cache();
  expect(usual.MiB).toBe(Math.floor(Math.max(128, Math.min(512, eighth))));
  // What PostgreSQL knows nothing of it leaves alone.
  const most = path.join(dataDir, "postgres", "base", usual.oid, "999999");
  await writeFile(most, "");
  await truncate(most, 100_000 * MIB);
  expect((await cache()).MiB).toBe(Math.floor(Math.max(128, eighth)));
  await truncate(most, 700 * MIB);
  const grown = (await cache()).MiB;
  expect(grown).toBeGreaterThanOrEqual(Math.floor(Math.max(128, Math.min(700, eighth))));
  expect(grown).toBeLessThanOrEqual(Math.max(128, Math.min(800, eighth)));
});

describe("after a kill", () => {
  beforeEach(() => copyFolder(used, dataDir));

  test("of the server, while it is used: it is started again, nothing committed is lost", async () => {
    const postgres = await openEmbeddedPostgres(dataDir);
    try {
      await runSql(postgres.url, "CREATE TABLE kept (n int)");
      for (let round = 1; round <= 2; round++) {
        await runSql(postgres.url, `INSERT INTO kept VALUES (${round})`);
        const pid = await serverPid(dataDir);
        process.kill(pid, "SIGKILL");
        await until(async () => !isAlive(pid) && (await answersAt(postgres.url)), 10);
        expect(await runSql(postgres.url, "SELECT count(*)::int AS n FROM kept")).toEqual([
          { n: round },
        ]);
      }
    } finally {
      await postgres.close();
    }
    await expect(runSql(postgres.url, "SELECT 1")).rejects.toThrow();
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
      const pid = await serverPid(dataDir);
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

test("a data folder that cannot be used is refused in words", async () => {
  await writeFile(path.join(folder, "file"), "");
  await expect(openEmbeddedPostgres(path.join(folder, "file"))).rejects.toThrow(/^DATA_DIR: /);
  await mkdir(path.join(dataDir, "postgres"), { recursive: true });
  await writeFile(path.join(dataDir, "postgres/PG_VERSION"), "17\n");
  await expect(openEmbeddedPostgres(dataDir)).rejects.toThrow(/PostgreSQL 17/);
});
