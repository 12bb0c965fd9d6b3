import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, freshDatabase } from "../support/database";
import { get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";
import { type StatementCounter, startStatementCounter } from "../support/statement-counter";

const ADMIN = { name: "Ada", email: "ada@example.com", password: "SecurePass123" };

let database: Database;
let counter: StatementCounter;
let installation: Installation;

beforeAll(async () => {
  database = await freshDatabase();
  counter = await startStatementCounter(database.url);
  installation = await startInstallation({ databaseUrl: counter.url });
  await post(installation.baseUrl, "/api/auth/initialize", ADMIN);
  await post(installation.baseUrl, "/api/auth/login", ADMIN); // whatever is done once is done
});
afterAll(async () => {
  await installation?.stop();
  await counter?.close();
  await database?.drop();
});

/**
 * What `work` asks of the database. The server has work of its own in the background, which can only add: the shortest
 * of three.
 */
async function asks(work: () => Promise<unknown>): Promise<string[]> {
  const runs: string[][] = [];
  for (let i = 0; i < 3; i++) runs.push(await counter.during(work));
  return runs.sort((a, b) => a.length - b.length)[0] ?? [];
}

const login = () => post(installation.baseUrl, "/api/auth/login", ADMIN);

test("the counter sees what is asked, and nothing where nothing is", async () => {
  expect(await asks(() => get(installation.baseUrl, "/health/live"))).toEqual([]);
  const { json } = await login();
  const asked = await asks(() =>
    get(installation.baseUrl, "/v1/auth/me", { authorization: `Bearer ${json.accessToken}` }),
  );
  expect(asked.length).toBeGreaterThan(0);
});

test("who is signed in is read in one statement, of which no part can vanish before the next", async () => {
  const { json } = await login();
  const asked = await counter.during(() =>
    get(installation.baseUrl, "/v1/auth/me", { authorization: `Bearer ${json.accessToken}` }),
  );
  expect(asked.length, asked.join("\n---\n")).toBeLessThanOrEqual(2);
});

test("a sign-in asks the database at most four times", async () => {
  const asked = await asks(async () => expect((await login()).status).toBe(200));
  expect(asked.length, asked.join("\n---\n")).toBeLessThanOrEqual(4);
});

test("a wrong password asks at most twice", async () => {
  const wrong = { ...ADMIN, password: "WrongPass123" };
  const asked = await asks(async () =>
    expect((await post(installation.baseUrl, "/api/auth/login", wrong)).status).toBe(401),
  );
  expect(asked.length, asked.join("\n---\n")).toBeLessThanOrEqual(2);
});

test("a refresh asks once", async () => {
  const cookies = await Promise.all([login(), login(), login()]).then((answers) =>
    answers.map(({ headers }) => headers.get("set-cookie")?.split(";")[0] ?? ""),
  );
  const asked = await asks(async () => {
    const cookie = cookies.pop() ?? "";
    expect((await post(installation.baseUrl, "/api/auth/refresh", {}, { cookie })).status).toBe(
      200,
    );
  });
  expect(asked, asked.join("\n---\n")).toHaveLength(1);
});

test("what everybody may ask about a claimed installation costs nothing", async () => {
  const asked = await asks(async () => {
    const { text } = await get(installation.baseUrl, "/v1/auth/status");
    expect(text).toBe('{"needsSetup":false}');
    expect((await post(installation.baseUrl, "/v1/auth/setup", ADMIN)).status).toBe(403);
  });
  expect(asked).toEqual([]);
});
