import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { processWide } from "../process-wide";
import { isBreachedPassword } from "./breached-password";

const PASSWORD = "correct horse battery staple";
const DIGEST = createHash("sha1").update(PASSWORD).digest("hex").toUpperCase();
const [PREFIX, SUFFIX] = [DIGEST.slice(0, 5), DIGEST.slice(5)];
const OTHER = "0".repeat(34);

let server: Server;
let url = "";
let answer: (response: ServerResponse) => void;
const asked: IncomingMessage[] = [];
let logged = "";
/** By so much the clock of this process is ahead of the true one. */
let passed = 0;

processWide("log", () =>
  pino(
    new Writable({
      write: (chunk, _encoding, done) => {
        logged += chunk;
        done();
      },
    }),
  ),
);

beforeAll(async () => {
  const steady = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => steady() + passed);
  server = createServer((request, response) => {
    asked.push(request);
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
beforeEach(() => {
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/range/`;
  asked.length = 0;
  logged = "";
  // The minute of quiet that a test before may have earned is over.
  passed += 120_000;
});
afterAll(async () => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const lines =
  (...all: string[]) =>
  (response: ServerResponse) =>
    response.end(all.join("\r\n"));

test.each([
  ["a hit", lines(`${OTHER}1:3`, `${SUFFIX}:12`, `${OTHER}2:1`), true],
  [
    "a hit in lower case, at the end",
    lines(`${OTHER}1:3`, SUFFIX.toLowerCase().concat(":1"), ""),
    true,
  ],
  ["a miss", lines(`${OTHER}1:3`, `${OTHER}2:7`), false],
  ["padding", lines(`${OTHER}1:3`, `${SUFFIX}:0`), false],
  ["nothing at all", lines(""), false],
])("%s", async (_name, answered, breached) => {
  answer = answered;
  expect(await isBreachedPassword(PASSWORD, url || null)).toBe(breached);
  expect(logged).toBe("");
});

test("five digits and nothing else leave this server", async () => {
  answer = lines(`${SUFFIX}:12`);
  expect(await isBreachedPassword(PASSWORD, url || null)).toBe(true);
  const [request] = asked;
  expect(request?.method).toBe("GET");
  expect(request?.url).toBe(`/range/${PREFIX}`);
  const { host, ...headers } = request?.headers ?? {};
  expect(headers["add-padding"]).toBe("true");
  const sent = JSON.stringify([headers, request?.url]).toUpperCase();
  for (const secret of [PASSWORD.toUpperCase(), SUFFIX.slice(0, 6), DIGEST.slice(0, 6)]) {
    expect(sent).not.toContain(secret);
  }
});

test("not asked for when nobody is named", async () => {
  url = "";
  expect(await isBreachedPassword(PASSWORD, url || null)).toBe(false);
  expect(asked).toHaveLength(0);
});

const endless = (response: ServerResponse) => {
  const line = `${OTHER}1:3\r\n`.repeat(1_000);
  const more = () => {
    while (!response.destroyed && response.write(line)) {}
    if (!response.destroyed) response.once("drain", more);
  };
  more();
};
test.each<[string, (response: ServerResponse) => void, string]>([
  ["silence", () => {}, "TimeoutError"],
  ["half an answer", (r) => r.write(`${SUFFIX}:12\r\n`), "TimeoutError"],
  ["an endless one", endless, "answer too large"],
  ["garbage", lines("<html>", `${SUFFIX}:12`), "answer not understood"],
  ["a count that is none", lines(`${SUFFIX}:many`), "answer not understood"],
  ["500", (r) => r.writeHead(500).end(`${SUFFIX}:12`), "status 500"],
  ["429", (r) => r.writeHead(429, { "retry-after": "9" }).end(), "status 429"],
  ["elsewhere", (r) => r.writeHead(302, { location: `/range/${PREFIX}x` }).end(), "TypeError"],
  ["a connection that breaks", (r) => r.destroy(), "UND_ERR_SOCKET"],
])(
  "%s: accepted soon, said once without a secret, and not asked for a minute",
  async (_name, answered, reason) => {
    answer = answered;
    const started = performance.now();
    expect(await isBreachedPassword(PASSWORD, url || null)).toBe(false);
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(asked).toHaveLength(1);
    expect(JSON.parse(logged)).toMatchObject({ level: 40, reason });
    for (const secret of [PASSWORD, PREFIX, SUFFIX]) expect(logged).not.toContain(secret);

    answer = lines(`${SUFFIX}:12`);
    const before = logged;
    expect(await isBreachedPassword(PASSWORD, url || null)).toBe(false);
    expect(asked).toHaveLength(1);
    expect(logged).toBe(before);
    passed += 61_000;
    expect(await isBreachedPassword(PASSWORD, url || null)).toBe(true);
  },
);

test("nobody there", async () => {
  const gone = createServer().listen(0, "127.0.0.1");
  await once(gone, "listening");
  url = `http://127.0.0.1:${(gone.address() as AddressInfo).port}/range/`;
  gone.close();
  await once(gone, "close");
  expect(await isBreachedPassword(PASSWORD, url || null)).toBe(false);
  expect(JSON.parse(logged).reason).toBe("ECONNREFUSED");
});
