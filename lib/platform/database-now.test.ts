import { afterEach, expect, test, vi } from "vitest";
import { signToken, verifyToken } from "@/lib/platform/secrets/signed-token";
import { databaseNow, rememberComparison, secondsAhead } from "./database-now";
import { parseEnv } from "./env";
import { processWide } from "./process-wide";

processWide("env", () =>
  parseEnv({
    DATABASE_URL: "postgresql://localhost/test",
    AUTH_SECRET: "kJ8w2LqXz5vR1mNcT7yBhG4dFsPaEuQo",
  }),
);
afterEach(() => vi.useRealTimers());

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Sets this machine's clock, and compares it with the database's. */
function machineIsAhead(ms: number): void {
  const database = Date.now();
  vi.useFakeTimers({ toFake: ["Date"], now: database + ms });
  rememberComparison(database, performance.now());
}

test.each([
  ["400 days ahead", 400 * DAY],
  ["an hour behind", -HOUR],
])("%s: the time is the database's, and what a right clock signed is good", async (_name, ms) => {
  const before = Date.now();
  const signed = signToken("test", {}, 5);
  machineIsAhead(ms);
  expect(Math.abs(databaseNow().getTime() - before)).toBeLessThan(2_000);
  expect(secondsAhead()).toBe(Math.round(ms / 1000));
  expect(verifyToken("test", signed, {})).not.toBeNull();
  const here = signToken("test", {}, 5);
  vi.useRealTimers();
  expect(verifyToken("test", here, {})).not.toBeNull();
});

test("a clock that is set while the process runs changes nothing", () => {
  rememberComparison(Date.now(), performance.now());
  const before = databaseNow().getTime();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10 * DAY });
  expect(databaseNow().getTime() - before).toBeLessThan(2_000);
});

test("a token is good for its time and a minute of leeway", async () => {
  const token = signToken("test", {}, 5);
  const at = (seconds: number) =>
    rememberComparison(Date.now() + seconds * 1000, performance.now());
  at(60);
  expect(verifyToken("test", token, {})).not.toBeNull();
  at(70);
  expect(verifyToken("test", token, {})).toBeNull();
});
