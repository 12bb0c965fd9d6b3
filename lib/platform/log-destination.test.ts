import { execFileSync } from "node:child_process";
import {
  closeSync,
  constants,
  openSync,
  readFileSync,
  readSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { LogDestination } from "./log-destination";

const missing = (dropped: number, reason: string) => `${JSON.stringify({ dropped, reason })}\n`;
const line = (n: number) => `${JSON.stringify({ n, text: "x".repeat(200) })}\n`;

let folder: string;
// Kept open to the end: a destination tries on by itself, and must not meet another file under its number.
const fds: number[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-log-"));
});
afterAll(() => {
  for (const fd of fds) closeSync(fd);
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});
const open = (file: string, flags: string | number) => {
  const fd = openSync(file, flags);
  fds.push(fd);
  return fd;
};

/** Each line as it is parsed, which fails for one that is not whole. */
function parsed(text: string): { n?: number; dropped?: number; reason?: string }[] {
  return text
    .trimEnd()
    .split("\n")
    .map((one) => JSON.parse(one));
}

/** How many lines are there or counted where they are missing; those that are there must be in order, and once. */
function accounted(text: string): number {
  const lines = parsed(text);
  const numbers = lines.flatMap(({ n }) => (n === undefined ? [] : [n]));
  expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
  return lines.reduce((sum, one) => sum + (one.dropped ?? 0), numbers.length);
}

/** Reads on until all is there. */
async function readUntil(total: number, read: () => string): Promise<string> {
  for (let i = 0; i < 300; i++) {
    const text = read();
    if (text.endsWith("\n") && accounted(text) === total) return text;
    await sleep(10);
  }
  throw new Error("Lines are missing, and nothing says so.");
}

test("lines come in order, many at a time", async () => {
  const file = path.join(folder, "log");
  const log = new LogDestination(open(file, "a"), missing);
  for (let n = 0; n < 1000; n++) log.write(line(n));
  await log.flush();
  expect(parsed(readFileSync(file, "utf8")).map(({ n }) => n)).toEqual(
    Array.from({ length: 1000 }, (_, n) => n),
  );
});

test("at the end of the process what waits is written at once", () => {
  const file = path.join(folder, "log");
  const log = new LogDestination(open(file, "a"), missing);
  log.write(line(0)); // is being written
  log.flushSync();
  log.write(line(1));
  expect(() => log.flushSync()).not.toThrow();
});

test("nobody reads the pipe: nothing waits, memory is bounded, what is missing is counted in its place", async () => {
  const pipe = path.join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const fd = open(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  const log = new LogDestination(fd, missing);
  const total = 4000;
  for (let n = 0; n < total; n++) {
    log.write(line(n));
    if (n % 100 === 0) await sleep(1);
  }
  await log.flush(50);

  let read = "";
  const buffer = Buffer.alloc(65_536);
  const text = await readUntil(total, () => {
    try {
      read += buffer.toString("utf8", 0, readSync(fd, buffer));
    } catch {
      // empty for now
    }
    return read;
  });
  expect(parsed(text).find(({ dropped }) => dropped)?.reason).toBe("not read in time");
});

test("the disk is full from the start, or the reader has gone: it goes on", async () => {
  const log = new LogDestination(open("/dev/full", "w"), missing);
  for (let n = 0; n < 5000; n++) log.write(line(n));
  await log.flush(50);
  log.flushSync();

  const pipe = path.join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const gone = new LogDestination(open(pipe, constants.O_WRONLY | constants.O_NONBLOCK), missing);
  closeSync(reader);
  gone.write(line(0));
  await gone.flush(50);
  gone.flushSync();
});

test.runIf(process.getuid?.() === 0 && process.platform === "linux")(
  "a disk that fills up and is cleared again: whole lines, and the missing ones counted",
  async () => {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]);
    const file = path.join(folder, "log");
    try {
      writeFileSync(path.join(folder, "else"), "x".repeat(1_000_000));
      const fd = open(file, "a");
      const log = new LogDestination(fd, missing);
      const total = 600;
      for (let n = 0; n < total; n++) {
        log.write(line(n));
        if (n % 50 === 0) await sleep(1);
      }
      await log.flush(50);
      truncateSync(path.join(folder, "else"), 0);
      log.write(line(total));
      const text = await readUntil(total + 1, () => readFileSync(file, "utf8"));
      expect(parsed(text).find(({ dropped }) => dropped)?.reason).toBe("ENOSPC");
      expect(parsed(text).at(-1)?.n).toBe(total);
    } finally {
      execFileSync("umount", ["--lazy", folder]);
    }
  },
);
