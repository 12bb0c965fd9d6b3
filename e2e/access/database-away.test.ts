import { afterAll, beforeAll, expect, test } from "vitest";
import { inBrowser } from "../support/claimed";
import { type Database, freshDatabase } from "../support/database";
import { type Installation, startInstallation } from "../support/installation";
import { type StatementCounter, startStatementCounter } from "../support/statement-counter";
import { askAction } from "./call-action";
import { ACTIONS } from "./matrix";
import { serverActions } from "./there-is";

/** What a page says in its own place. */
const PAGE = "The database cannot be reached";

let database: Database;
let relay: StatementCounter;
let installation: Installation;
let headers: { cookie: string };
beforeAll(async () => {
  database = await freshDatabase({ claimed: true });
  relay = await startStatementCounter(database.url);
  installation = await startInstallation({ databaseUrl: relay.url });
  const { baseUrl } = installation;
  headers = await inBrowser({ baseUrl, sql: (text) => database.sql(text) });
  await relay.close();
});
afterAll(async () => {
  await installation?.stop();
  await relay?.close().catch(() => {});
  await database?.drop();
});

const ids = serverActions();
const rows = ACTIONS.filter(({ action }) => action.startsWith("app/(admin)/"));

test.each(rows.map((row) => [row.action, row] as const))(
  "%s says in words that the database is away",
  async (action, row) => {
    // What it is about cannot be looked for.
    const asked = JSON.parse(
      JSON.stringify(row)
        .replaceAll("{token}", "1")
        .replaceAll(/\{\w+\}/g, "00000000-0000-4000-8000-000000000000"),
    );
    const { baseUrl } = installation;
    const { status, text } = await askAction(baseUrl, ids.get(action) ?? "", asked, headers);
    expect(status).toBe(503);
    expect(text).not.toMatch(/^\w+:E/m); // how the framework tells of something thrown
    expect(text).toMatch(new RegExp(`"retryAfter":\\d|${PAGE}`));
    expect(installation.logs()).not.toContain("page failed");
  },
);
