import { beforeAll, expect, test } from "vitest";
import { apiToken } from "../support/claimed";
import { type Database, freshDatabase } from "../support/database";
import { bearer, get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";
import { OWNER } from "../support/owner";

const PASSWORD = "a fine passphrase";

let database: Database;
let installation: Installation;
let base: string;
let asAdmin: Record<string, string>;

beforeAll(async () => {
  database = await freshDatabase({ claimed: true });
  installation = await startInstallation({ databaseUrl: database.url });
  base = installation.baseUrl;
  asAdmin = bearer(await apiToken(database));
  return async () => {
    await installation.stop();
    await database.drop();
  };
});

const statistics = async () => {
  const answer = await get(base, "/v1/statistics", asAdmin);
  expect(answer.status, answer.text).toBe(200);
  return answer.json;
};
const today = async () => (await statistics()).days.at(-1);
const soon = { timeout: 20_000, interval: 200 };

test("tells thirty days, of which today is the last", async () => {
  const { days, users, asOf } = await statistics();
  expect(days).toHaveLength(30);
  expect(days.at(-1).day).toBe(asOf.slice(0, 10));
  expect(users.total).toBe(1);
  expect(users.byRole).toEqual([
    expect.objectContaining({ slug: "predefined_super_admin", active: 1, withSecondFactor: 0 }),
  ]);
});

test("who comes and goes is counted within seconds", async () => {
  const before = await today();
  const ids: string[] = [];
  for (const n of [1, 2, 3]) {
    const body = { email: `p${n}@example.com`, role: "predefined_user", password: PASSWORD };
    ids.push((await post(base, "/v1/users", body, asAdmin)).json.id);
  }
  await fetch(`${base}/v1/users/${ids[0]}`, { method: "DELETE", headers: asAdmin });
  await expect.poll(today, soon).toMatchObject({
    users: before.users + 2,
    usersAdded: before.usersAdded + 3,
    usersRemoved: before.usersRemoved + 1,
  });
});

test("sign-ins are counted, those that are refused as well, whether or not the account exists", async () => {
  const before = await today();
  await post(base, "/api/auth/login", OWNER);
  await post(base, "/api/auth/login", OWNER);
  await post(base, "/api/auth/login", { ...OWNER, password: "WrongPass123" });
  await post(base, "/v1/auth/login", { email: "nobody@example.com", password: "WrongPass123" });
  await expect.poll(today, soon).toMatchObject({
    signIns: before.signIns + 2,
    refusedSignIns: before.refusedSignIns + 2,
  });
});

test("what was refused is not forgotten when the server stops", async () => {
  const refused = async () => {
    const [row] = await database.sql(
      "SELECT coalesce(sum(count), 0)::int AS count FROM day_counts WHERE what LIKE 'signIn.%'",
    );
    return Number(row?.["count"]);
  };
  const before = await refused();
  await post(base, "/api/auth/login", { ...OWNER, password: "WrongPass123" });
  expect(await refused()).toBe(before);
  await installation.stop();
  expect(await refused()).toBe(before + 1);
});
