import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { expectFailedStart, type Situation } from "../support/failed-start";
import { freePort } from "../support/installation";

let folder: string;
let other: Server;
let port: string;
const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-failed-"));
  other = createServer();
  port = String(await freePort());
  await new Promise<void>((resolve) => other.listen(Number(port), "127.0.0.1", resolve));
  await mkdir(at("lost"));
  await writeFile(at("lost/auth-secret"), "secret");
});
afterAll(async () => {
  other.close();
  await rm(folder, { recursive: true, force: true });
});

/** One of each kind; bench/drills/failed-starts.test.ts has more. */
const SITUATIONS: [string, () => Situation][] = [
  [
    "a taken port",
    () => ({ env: { PORT: port }, words: new RegExp(`^Port ${port} is taken.* PORT=`) }),
  ],
  [
    "a data folder without its database",
    () => ({ env: { DATA_DIR: at("lost") }, words: /from a backup/ }),
  ],
  [
    "no secret",
    () => ({ env: { DATABASE_URL: "postgresql://x" }, words: /^ {2}AUTH_SECRET: is missing/ }),
  ],
  [
    "a short secret",
    () => ({ env: { ADMIN_SIGNUP_SECRET: "a-short-secret" }, words: /^ {2}ADMIN_SIGNUP_SECRET: / }),
  ],
  [
    "half an administrator",
    () => ({ env: { FIRST_ADMIN_EMAIL: "a@example.com" }, words: /^ {2}FIRST_ADMIN_PASSWORD: / }),
  ],
  ["an unknown command", () => ({ args: ["strat"], words: /^error: / })],
];

test.concurrent.each(SITUATIONS)("%s: words and exit code 1", (_what, situation) =>
  expectFailedStart(situation(), at("data")),
);
