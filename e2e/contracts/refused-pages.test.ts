import { beforeAll, describe, expect, test } from "vitest";
import { inBrowser } from "../support/claimed";
import { get, post } from "../support/http";
import { type Shared, sharedClaimed } from "../support/shared-claimed";
import { storeUsers } from "../support/store-users";

const NOBODY = "00000000-0000-4000-8000-000000000000";

/** What a reader without JavaScript has in front of them: nothing of it waits for a script. */
function read(html: string) {
  const shown = html
    .replace(/<script\b.*?<\/script>/gs, "")
    .replace(/<template\b.*?<\/template>/gs, "");
  const all = (pattern: RegExp) =>
    [...shown.matchAll(pattern)].map(([, text = ""]) => text.replace(/<[^>]*>/g, "").trim());
  return {
    title: all(/<title>(.*?)<\/title>/gs),
    headings: all(/<h1\b[^>]*>(.*?)<\/h1>/gs),
    mains: all(/<main\b([^>]*)>/gs).length,
    sections: all(/<nav\b[^>]*>(.*?)<\/nav>/gs).join(" "),
    hidden: /<(?:main|h1)\b[^>]*\bhidden\b/.test(shown),
    shown,
  };
}

describe("a page that has nothing to show", () => {
  let installation: Shared;
  let admin: Record<string, string>;
  let user: Record<string, string>;

  beforeAll(async () => {
    installation = await sharedClaimed();
    await storeUsers(installation, "person", 1);
    admin = await inBrowser(installation);
    const [row] = await installation.sql("SELECT email FROM users WHERE email LIKE 'person%'");
    user = await inBrowser(installation, String(row?.["email"]));
  });

  test.each([
    ["/nothing-here", "There is nothing at this address"],
    ["/nothing/here/at/all", "There is nothing at this address"],
    [`/users/${NOBODY}`, "There is no such user"],
    ["/users/not-an-id", "There is no such user"],
    ["/roles/no-such-role", "There is nothing at this address"],
    [`/jobs/${NOBODY}`, "There is no such job"],
    ["/audit/99999999", "There is nothing at this address"],
    ["/account/activity/99999999", "There is nothing at this address"],
  ])("%s says so inside the administration, with 404", async (path, heading) => {
    const { status, text } = await get(installation.baseUrl, path, admin);
    expect(status).toBe(404);
    const page = read(text);
    expect(page).toMatchObject({ headings: [heading], mains: 1, hidden: false });
    expect(page.sections).toContain("Users");
  });

  test.each([
    ["/nothing-here", "There is nothing at this address"],
    [`/users/${NOBODY}`, "There is no such user"],
    ["/roles/no-such-role", "There is nothing at this address"],
    [`/jobs/${NOBODY}`, "There is no such job"],
  ])("%s is titled by what it says", async (path, title) => {
    const { text } = await get(installation.baseUrl, path, admin);
    expect(read(text).title).toEqual([`${title} · Latchkey`]);
  });

  test("a role and a job are titled by their names", async () => {
    const role = await get(installation.baseUrl, "/roles/predefined_user", admin);
    expect(read(role.text).title).toEqual(["User · Latchkey"]);
    const [job] = await installation.sql(`
      INSERT INTO jobs (kind, state, creator_id, creator_email, total)
      SELECT 'disable', 'done', id, email, 0 FROM users WHERE email = 'ada@example.com' RETURNING id`);
    const page = await get(installation.baseUrl, `/jobs/${job?.["id"]}`, admin);
    expect(read(page.text).title).toEqual(["Disable users · Latchkey"]);
  });

  test("what the role does not reach is refused with 403 and a way to one's own account", async () => {
    const { status, text } = await get(installation.baseUrl, "/users", user);
    expect(status).toBe(403);
    const page = read(text);
    expect(page).toMatchObject({ headings: ["No access"], mains: 1, hidden: false });
    const main = /<main\b.*<\/main>/s.exec(page.shown)?.[0] ?? "";
    expect(main).toMatch(/<a\b[^>]*href="\/account"[^>]*>Your account<\/a>/);
    expect(main).toMatch(/<button\b[^>]*type="submit"[^>]*>Sign out<\/button>/);
  });

  test("an unknown address is told at the door to who is not signed in", async () => {
    const { status, text } = await get(installation.baseUrl, "/nothing-here");
    expect(status).toBe(404);
    const page = read(text);
    expect(page).toMatchObject({
      headings: ["There is nothing at this address"],
      mains: 1,
      sections: "",
      hidden: false,
    });
  });

  test("/setup says after the claim that it is done", async () => {
    const { status, text } = await get(installation.baseUrl, "/setup");
    expect(status).toBe(404);
    expect(read(text)).toMatchObject({ headings: ["Already set up"], mains: 1, hidden: false });
  });

  test("a form sent to no address is a 404 as well", async () => {
    const { status } = await post(installation.baseUrl, "/nothing-here", "a=b", {
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(status).toBe(404);
  });
});

const tags = (html: string, ...names: string[]) =>
  html.match(new RegExp(`<(?:${names.join("|")})\\b[^>]*>`, "g")) ?? [];
const colours = (head: string[]) => head.filter((tag) => tag.includes('"theme-color"'));

describe("what a browser asks for of its own accord", () => {
  let base: string;
  beforeAll(async () => {
    base = (await sharedClaimed()).baseUrl;
  });

  test.each([
    ["/favicon.ico", "image/x-icon"],
    ["/icon.svg", "image/svg+xml"],
    ["/apple-icon.png", "image/png"],
    ["/manifest.webmanifest", "application/manifest+json"],
  ])("%s", async (path, type) => {
    const { status, headers } = await get(base, path);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toContain(type);
  });

  test("the manifest names icons that are there", async () => {
    const { json } = await get(base, "/manifest.webmanifest");
    expect(json).toMatchObject({ name: "Latchkey", start_url: "/" });
    expect(json.icons.length).toBeGreaterThan(1);
    for (const { src, type } of json.icons) {
      const icon = await get(base, src);
      expect(icon.status, src).toBe(200);
      expect(icon.headers.get("content-type"), src).toContain(type);
    }
  });

  test("a page names them, its description and the colour around it, which follows the chosen appearance", async () => {
    const page = await get(base, "/login");
    const head = tags(page.text, "link", "meta");
    expect(head).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/rel="manifest" href="\/manifest.webmanifest"/),
        expect.stringMatching(/rel="apple-touch-icon" href="\/apple-icon/),
        expect.stringMatching(/name="description" content="[^"]{20,}"/),
      ]),
    );
    expect(colours(head)).toEqual([
      '<meta name="theme-color" content="#fafbfc" media="(prefers-color-scheme: light)"/>',
      '<meta name="theme-color" content="#101215" media="(prefers-color-scheme: dark)"/>',
    ]);
    const dark = await get(base, "/login", { cookie: "latchkey.theme=dark" });
    expect(colours(tags(dark.text, "meta"))).toEqual([
      '<meta name="theme-color" content="#101215"/>',
    ]);
  });
});
