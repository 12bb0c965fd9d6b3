import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import type { Actor } from "@/lib/access/actor";
import type { Policy } from "@/lib/access/schema";
import { deleteView } from "./delete-view";
import { listSavedViews } from "./list-saved-views";
import { SAVED_VIEWS_MAX, saveView } from "./save-view";
import { shareView } from "./share-view";
import { canonicalViewQuery } from "./view-query";

let database: Database;
let ada: Actor;
let bob: Actor;
let stranger: Actor;
/** May read active users only. */
let some: Actor;
let admin: Actor;

beforeAll(async () => {
  database = await databaseInProcess();
  await database.sql("INSERT INTO roles (slug, name) VALUES ('reader', 'Reader')");
  const person = async (email: string, policies: Policy[]): Promise<Actor> => {
    const [row] = await database.sql(
      `INSERT INTO users (email, role_id) SELECT '${email}', id FROM roles RETURNING id`,
    );
    const userId = String(row?.["id"]);
    const role = { slug: "reader", name: "Reader", policies };
    const whole = { limits: null, factorDuty: null, mustEnrol: false };
    const via = { kind: "session", id: userId, confirmedAt: new Date(), asOf: new Date() } as const;
    return { userId, email, name: null, role, ...whole, via };
  };
  ada = await person("ada@example.com", [{ action: "read", subject: "User" }]);
  bob = await person("bob@example.com", [{ action: "read", subject: "User" }]);
  stranger = await person("stranger@example.com", []);
  const active: Policy = { action: "read", subject: "User", conditions: { status: "active" } };
  some = await person("some@example.com", [active]);
  admin = await person("admin@example.com", [{ action: "manage", subject: "all" }]);
});
afterAll(() => database.drop());
beforeEach(() => database.sql("DELETE FROM saved_views"));

describe("canonicalViewQuery", () => {
  test.each([
    ["", ""],
    ["?status=active&search=ab", "search=ab&status=active"],
    ["sort=name&role=x&activity=never", "role=x&activity=never&sort=name"],
    ["sort=-createdAt&search=%20&status=", ""],
    [
      "status=invited,active&domain=@B.example,a.example",
      "status=active%2Cinvited&domain=a.example%2Cb.example",
    ],
    [
      "zone=Europe/Madrid&createdTo=2026-01-31&secondFactor=no",
      "secondFactor=no&createdTo=2026-01-31&zone=Europe%2FMadrid",
    ],
    ["zone=Europe/Madrid&secondFactor=yes", "secondFactor=yes"],
    ["cursor=abc&created=1&evil=<script>&role=a&role=b", "role=a"],
    ["search=%22a%26b%3D%C3%A9", "search=%22a%26b%3D%C3%A9"],
  ])("%j is kept as %j", (text, canonical) => {
    expect(canonicalViewQuery(text)).toBe(canonical);
    expect(canonicalViewQuery(canonical)).toBe(canonical);
  });

  test.each([
    "status=gone",
    "sort=password_hash",
    "sort=--name",
    "activity=often",
    "secondFactor=perhaps",
    "createdFrom=tomorrow",
    "search=%00",
    `search=${"a".repeat(201)}`,
    `search=${"%E6%9D%8E".repeat(100)}`, // 100 characters, 900 when written down
  ])("%j is refused", (text) => {
    expect(canonicalViewQuery(text)).toBeNull();
  });
});

describe("saved views", () => {
  test("are one's own: nobody else sees, deletes or stands in the way of them", async () => {
    const saved = await saveView(ada, { name: "  Sleepers ", query: "activity=inactive&x=1" });
    expect(await saveView(bob, { name: "Sleepers", query: "" })).toMatchObject({ kind: "saved" });
    const [view] = await listSavedViews(ada);
    expect(saved).toEqual({ kind: "saved", view });
    expect(view).toEqual({
      id: expect.any(String),
      name: "Sleepers",
      query: "activity=inactive",
      shared: false,
      owner: { id: ada.userId, email: ada.email },
    });
    const id = view?.id ?? "";
    expect(await deleteView(bob, id)).toEqual({ kind: "notFound" });
    expect(await listSavedViews(ada)).toHaveLength(1);
    expect(await deleteView(ada, id)).toEqual({ kind: "deleted" });
    expect(await deleteView(ada, id)).toEqual({ kind: "notFound" });
    expect(await deleteView(ada, "no id")).toEqual({ kind: "notFound" });
    expect(await listSavedViews(ada)).toEqual([]);
    expect(await listSavedViews(bob)).toHaveLength(1);
  });

  test.each([
    [{ name: "", query: "" }, "name", "required"],
    [{ name: "x".repeat(61), query: "" }, "name", "nameTooLong"],
    [{ name: "a\u0000b", query: "" }, "name", "nameCharacters"],
    [{ name: "View", query: "status=gone" }, "query", "invalid"],
    [{ name: "View" }, "query", "invalid"],
    [{ name: 7, query: "" }, "name", "invalid"],
    [null, "body", "invalid"],
  ])("%j is refused", async (input, field, rule) => {
    expect(await saveView(ada, input)).toEqual({ kind: "invalid", issues: [{ field, rule }] });
    expect(await listSavedViews(ada)).toEqual([]);
  });

  test("are shared by their owner with everybody who may list users, and the trail tells it", async () => {
    await saveView(ada, { name: "Sleepers", query: "activity=inactive" });
    const [{ id = "" } = {}] = await listSavedViews(ada);
    expect(await shareView(bob, id, { shared: true })).toEqual({ kind: "notFound" });
    expect(await shareView(ada, id, { shared: "yes" })).toMatchObject({ kind: "invalid" });
    for (const _ of ["once", "and again, which changes nothing"]) {
      expect(await shareView(ada, id, { shared: true })).toMatchObject({ kind: "changed" });
    }
    expect(await listSavedViews(bob)).toMatchObject(
      [{ id, shared: true, owner: ada }].map(({ owner, ...view }) => ({
        ...view,
        owner: { id: owner.userId, email: owner.email },
      })),
    );
    expect(await listSavedViews(stranger)).toEqual([]);
    expect(await deleteView(bob, id)).toEqual({ kind: "notFound" });
    expect(await shareView(ada, id, { shared: false })).toMatchObject({ view: { shared: false } });
    expect(await listSavedViews(bob)).toEqual([]);
    await shareView(ada, id, { shared: true });
    expect(await deleteView(admin, id)).toEqual({ kind: "deleted" });
    expect(
      await database.sql(
        "SELECT action, actor_label AS by, target_label AS view, details FROM audit_events WHERE target_type = 'view' ORDER BY id",
      ),
    ).toEqual(
      (["shared", "unshared", "shared", "unshared"] as const).map((what, n) => ({
        action: `view.${what}`,
        by: n === 3 ? admin.email : ada.email,
        view: "Sleepers",
        details: { query: "activity=inactive" },
      })),
    );
  });

  test("who may read some users only keeps views, and shares none", async () => {
    await saveView(some, { name: "Mine", query: "" });
    const [{ id = "" } = {}] = await listSavedViews(some);
    expect(await shareView(some, id, { shared: true })).toEqual({ kind: "forbidden" });
    // And a token of somebody who may reads only.
    const limited = { ...ada, limits: ada.role.policies };
    expect(await saveView(limited, { name: "B", query: "" })).toEqual({ kind: "forbidden" });
    expect(await shareView(limited, id, { shared: true })).toEqual({ kind: "forbidden" });
    expect(await deleteView({ ...some, limits: [] }, id)).toEqual({ kind: "forbidden" });
    expect(await listSavedViews(some)).toHaveLength(1);
  });

  test("have a name each", async () => {
    await saveView(ada, { name: "A", query: "" });
    expect(await saveView(ada, { name: "A", query: "role=x" })).toEqual({ kind: "taken" });
  });

  test("are thirty at most, also when the last places are taken at once", async () => {
    await database.sql(
      `INSERT INTO saved_views (user_id, name, query)
       SELECT '${ada.userId}', 'View ' || n, '' FROM generate_series(1, ${SAVED_VIEWS_MAX - 2}) AS n`,
    );
    const saved = await Promise.all(
      Array.from({ length: 6 }, (_, n) => saveView(ada, { name: `Last ${n}`, query: "" })),
    );
    expect(saved.filter(({ kind }) => kind === "saved")).toHaveLength(2);
    expect(saved.filter(({ kind }) => kind === "full")).toHaveLength(4);
    expect(await listSavedViews(ada)).toHaveLength(SAVED_VIEWS_MAX);
  });

  test("are nothing for who may not read users, and go with their owner", async () => {
    expect(await saveView(stranger, { name: "A", query: "" })).toEqual({ kind: "forbidden" });
    expect(await deleteView(stranger, stranger.userId)).toEqual({ kind: "forbidden" });
    expect(await listSavedViews(stranger)).toEqual([]);
    await saveView(bob, { name: "A", query: "" });
    await database.sql(`DELETE FROM users WHERE id = '${bob.userId}'`);
    expect(await database.sql("SELECT 1 FROM saved_views")).toEqual([]);
  });
});
