import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { openEmbeddedPostgres } from "@/cli/embedded-postgres";
import { copyFolder, isAlive, serverPid } from "@/e2e/support/data-folder";
import { runSql } from "@/e2e/support/database";
import { eachWithFolders } from "@/e2e/support/embedded-folders";
import { until } from "@/e2e/support/until";

let folder: string;
let dataDir: string;
let used: string;
eachWithFolders((folders) => {
  ({ folder, dataDir, used } = folders);
});

describe("after a kill", () => {
  beforeEach(() => copyFolder(used, dataDir));

  test("of everything: a left-over pid that is somebody else's now is no obstacle", async () => {
    const postgres = await openEmbeddedPostgres(dataDir);
    const pidFile = path.join(dataDir, "postgres/postmaster.pid");
    const noted = await readFile(pidFile, "utf8");
    await postgres.close();
    await writeFile(pidFile, noted.replace(/^\d+/, String(process.pid)));

    const again = await openEmbeddedPostgres(dataDir);
    expect(await serverPid(dataDir)).not.toBe(process.pid);
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

  test("copied from under a server that was left behind by a kill: that one is let alone", async () => {
    const original = await openEmbeddedPostgres(dataDir);
    const pid = await serverPid(dataDir);
    const noted = await readFile(path.join(dataDir, "postgres/postmaster.pid"), "utf8");
    const copied = path.join(folder, "copied");
    await copyFolder(dataDir, copied);
    await original.close();
    expect(isAlive(pid)).toBe(false);
    // The original runs again, at the very place that the copy has noted.
    const again = await openEmbeddedPostgres(dataDir);
    const itsPid = await serverPid(dataDir);
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
    const pid = await serverPid(dataDir);
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
    const pid = await serverPid(dataDir);
    await rename(dataDir, path.join(folder, "away"));
    process.kill(pid, "SIGKILL");
    await until(async () => !isAlive(pid), 10);
    await sleep(700); // it has tried again meanwhile
    expect(await readdir(folder)).toEqual(["away"]);
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
