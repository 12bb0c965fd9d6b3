import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withFileLock } from "./file-lock.mjs";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-lock-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs `count` holders and returns how many were inside at most. */
async function crowd(file: string, count: number): Promise<number> {
  let inside = 0;
  let most = 0;
  const hold = () =>
    withFileLock(file, async () => {
      inside++;
      most = Math.max(most, inside);
      await sleep(5);
      inside--;
    });
  await Promise.all(Array.from({ length: count }, hold));
  return most;
}

test("one at a time, and nothing is left behind", async () => {
  expect(await crowd(path.join(folder, "a"), 10)).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test("a holder that was killed is passed, by one at a time", async () => {
  const file = path.join(folder, "b");
  await writeFile(file, "of a process that is no more");
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(file, longAgo, longAgo);
  expect(await crowd(file, 10)).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test("a failure inside releases it", async () => {
  const file = path.join(folder, "c");
  const failing = withFileLock(file, () => Promise.reject(new Error("inside")));
  await expect(failing).rejects.toThrow("inside");
  expect(await crowd(file, 1)).toBe(1);
});
