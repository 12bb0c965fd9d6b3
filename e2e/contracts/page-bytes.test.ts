import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { inBrowser } from "../support/claimed";
import { startInstallation } from "../support/installation";
import { type Shared, sharedClaimed } from "../support/shared-claimed";
import { storeUsers } from "../support/store-users";

/**
 * What a page may weigh, in kilobytes of 1000 bytes: the scripts that its HTML names, each gzipped (but the one for
 * browsers without modules, which others do not load), and the HTML as it is. React and Next's router are 133 of each
 * page's scripts.
 */
const BUDGETS: Record<string, { scripts: number; html?: number }> = {
  "/login": { scripts: 140 },
  "/": { scripts: 149, html: 110 },
  "/users": { scripts: 174, html: 129 },
  "/users/{id}": { scripts: 156, html: 90 },
  "/users/new": { scripts: 149 },
  "/users/invite": { scripts: 150 },
  "/users/join-links": { scripts: 150 },
  "/users/import": { scripts: 152 },
  "/users/deleted": { scripts: 147 },
  "/roles": { scripts: 145 },
  "/roles/predefined_user": { scripts: 155 },
  "/roles/new": { scripts: 155 },
  "/roles/side_by_side": { scripts: 146 },
  "/roles/who": { scripts: 145 },
  "/roles/test": { scripts: 145 },
  "/audit": { scripts: 150, html: 106 },
  "/settings": { scripts: 151 },
  "/account": { scripts: 148 },
  "/account/security": { scripts: 149 },
  "/account/sessions": { scripts: 146 },
  "/account/tokens": { scripts: 149 },
  "/account/activity": { scripts: 146 },
  "/account/second-factor": { scripts: 150 },
  "/account/confirm": { scripts: 147 },
};
/** What a list has once a row; the first page has those of days. */
const ROW: Record<string, string> = { "/": "<tr", "/users": "data-row-link" };
const SETUP = { scripts: 143 };
const FONTS = 70;

const sizes = new Map<string, number>();

async function scriptBytes(base: string, html: string): Promise<number> {
  const named = [...html.matchAll(/<script\b([^>]*)>/g)]
    .filter(([, attributes = ""]) => !/nomodule/i.test(attributes))
    .flatMap(([, attributes = ""]) => /src="([^"]+)"/.exec(attributes)?.[1] ?? []);
  let bytes = 0;
  for (const path of new Set(named)) {
    let size = sizes.get(path);
    if (size === undefined) {
      const answer = await fetch(new URL(path, base));
      expect(answer.status, path).toBe(200);
      size = gzipSync(Buffer.from(await answer.arrayBuffer())).length;
      sizes.set(path, size);
    }
    bytes += size;
  }
  return bytes;
}

async function weigh(base: string, path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(base + path, { headers, redirect: "manual" });
  expect(answer.status, path).toBe(200);
  const html = await answer.text();
  const scripts = await scriptBytes(base, html);
  // A page without scripts has not been weighed.
  expect(scripts, path).toBeGreaterThan(50_000);
  return { html, scripts: scripts / 1000, htmlKb: Buffer.byteLength(html) / 1000 };
}

describe("what a page weighs", () => {
  let installation: Shared;
  let cookie: { cookie: string };
  let person: string;

  beforeAll(async () => {
    installation = await sharedClaimed();
    await storeUsers(installation, "person", 60);
    const [row] = await installation.sql(`
      WITH person AS (SELECT id, email FROM users WHERE email = 'person-7@example.com'),
           owner AS (SELECT id, email FROM users WHERE email = 'ada@example.com'),
           events AS (
             INSERT INTO audit_events (action, actor_id, actor_label, target_type, target_id, target_label, door, address,
                                       request_id, details)
             SELECT CASE n % 2 WHEN 0 THEN 'session.started' ELSE 'user.updated' END, owner.id, owner.email, 'user',
                    person.id, person.email, 'browser', '203.0.113.7', gen_random_uuid(),
                    CASE n % 2 WHEN 0 THEN '{"userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"}'
                      ELSE '{"status":{"from":"active","to":"disabled"},"reason":"Left the company"}' END::jsonb
             FROM person, owner, generate_series(1, 60) AS n)
      SELECT id FROM person`);
    person = String(row?.["id"]);
    await installation.sql(`
      INSERT INTO day_counts SELECT (now() AT TIME ZONE 'UTC')::date - back, what, 1000 + back
      FROM generate_series(0, 29) AS back, (VALUES ('session.started'), ('signIn.rateLimited')) AS whats (what)
      ON CONFLICT DO NOTHING`);
    cookie = await inBrowser(installation);
  });

  test.each(Object.entries(BUDGETS))("%s", async (path, budget) => {
    const { baseUrl } = installation;
    const headers = path === "/login" ? {} : cookie;
    const { scripts, htmlKb, html } = await weigh(baseUrl, path.replace("{id}", person), headers);
    expect(scripts, "scripts").toBeLessThanOrEqual(budget.scripts);
    if (budget.html === undefined) return;
    expect(htmlKb, "HTML").toBeLessThanOrEqual(budget.html);
    // What is weighed are whole lists.
    const rows = html.split(ROW[path] ?? "<details").length - 1;
    expect(rows).toBeGreaterThanOrEqual(path === "/users/{id}" ? 20 : 50);
  });

  test("all fonts together", async () => {
    const { html } = await weigh(installation.baseUrl, "/login");
    const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)];
    const fonts = new Set<string>();
    for (const [, sheet = ""] of sheets) {
      const address = new URL(sheet, installation.baseUrl);
      const css = await (await fetch(address)).text();
      for (const [, url = ""] of css.matchAll(/url\(([^)]+\.woff2[^)]*)\)/g)) {
        fonts.add(new URL(url.replaceAll('"', ""), address).href);
      }
    }
    expect(fonts.size).toBe(2);
    let bytes = 0;
    for (const font of fonts) bytes += (await (await fetch(font)).arrayBuffer()).byteLength;
    expect(bytes / 1000).toBeLessThanOrEqual(FONTS);
  });
});

test("what the wizard weighs", async () => {
  const installation = await startInstallation();
  try {
    const { scripts } = await weigh(installation.baseUrl, "/setup");
    expect(scripts).toBeLessThanOrEqual(SETUP.scripts);
  } finally {
    await installation.stop();
  }
});
