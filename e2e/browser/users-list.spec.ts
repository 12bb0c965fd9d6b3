import type { Browser, Page } from "playwright/test";
import type { Installation } from "../support/installation";
import { enter, expect, expectNoViolations, inLook, LOOKS, OWNER, signIn, test } from "./fixtures";

const PEOPLE = `
  INSERT INTO roles (slug, name, policies)
  VALUES ('support', 'Support', '[{"action":"read","subject":"User"}]');
  INSERT INTO users (email, name, status, role_id, created_at, last_login_at)
  SELECT email, name, status::user_status, (SELECT id FROM roles WHERE slug = role),
    now() - created::interval, now() - seen::interval
  FROM (VALUES
    ('grace@example.com', 'Grace Hopper', 'active', 'predefined_super_admin', '3 years', '2 hours'),
    ('soren@example.com', 'Søren Ångström', 'active', 'predefined_user', '2 years', '100 days'),
    ('fatima@example.com', 'فاطمة الزهراء', 'disabled', 'predefined_user', '80 days', '3 days'),
    ('noname@example.com', NULL, 'invited', 'support', '5 days', NULL),
    ('a.very.long.address.that.goes.on.and.on@subdomain.of.a.subdomain.example.com',
      'Wolfeschlegelsteinhausenbergerdorff Maximiliana von und zu Hohenlohe', 'active', 'support',
      '2 days', '1 day')
  ) AS people (email, name, status, role, created, seen)`;
const SIX = 6; // those and the owner

const crowd = (count: number) => `
  INSERT INTO users (email, name, role_id, created_at)
  SELECT 'crowd' || n || '@example.com', 'Crowd ' || n, (SELECT id FROM roles WHERE slug = 'predefined_user'),
    now() - n * interval '1 minute' - interval '1 hour'
  FROM generate_series(1, ${count}) AS n`;

test.beforeEach(async ({ page, installation }) => {
  await installation.sql(PEOPLE);
  // By ids, for the form is in the language of the test.
  await enter(page, installation);
  await expect(page.getByRole("table")).toBeVisible();
});

const rows = (page: Page) => page.locator("tbody tr");
/** So many rows, and no others on their way. */
async function expectRows(page: Page, count: number): Promise<void> {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await expect(rows(page)).toHaveCount(count);
}
/** Ticks, or takes back, what a filter offers. */
async function choose(page: Page, filter: string, ...offered: string[]): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^${filter}( \\(\\d+\\))?$`) }).click();
  const panel = page.getByRole("group", { name: filter, exact: true }).first();
  for (const name of offered) await panel.getByLabel(name, { exact: true }).click();
  await page.keyboard.press("Escape");
}
const names = (page: Page) => page.locator("[data-row-link]").allTextContents();

/** The same person in a browser without scripts. */
async function withoutScripts(page: Page, browser: Browser, installation: Installation) {
  const context = await browser.newContext({
    baseURL: installation.baseUrl,
    javaScriptEnabled: false,
    locale: "en-GB",
    storageState: await page.context().storageState(),
  });
  return { context, plain: await context.newPage() };
}

test("filters and order are in the address: Back undoes one, the address shows it to others", async ({
  page,
  browser,
  installation,
}) => {
  await expect(page.getByText("6 users", { exact: true })).toBeVisible();
  await choose(page, "Status", "Active");
  await expect(rows(page)).toHaveCount(4);
  await choose(page, "Role", "User");
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByText("1 user matches", { exact: true })).toBeVisible();
  await page.goBack();
  await expect(rows(page)).toHaveCount(4);
  await expect(page.getByRole("button", { name: "Role", exact: true })).toBeVisible();

  await page.getByRole("link", { name: "Name", exact: true }).click();
  await expect(page).toHaveURL("/users?status=active&sort=name");
  await expect
    .poll(() => names(page))
    .toEqual([
      "Ada Owner",
      "Grace Hopper",
      "Søren Ångström",
      "Wolfeschlegelsteinhausenbergerdorff Maximiliana von und zu Hohenlohe",
    ]);
  const head = page.getByRole("columnheader", { name: "Name" });
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await page.getByRole("link", { name: "Name", exact: true }).click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect.poll(async () => (await names(page)).at(-1)).toBe("Ada Owner");

  const colleague = await browser.newContext({
    baseURL: installation.baseUrl,
    storageState: await page.context().storageState(),
  });
  const other = await colleague.newPage();
  await other.goto(page.url());
  expect(await names(other)).toEqual(await names(page));
  await expect(other.getByRole("button", { name: "Status (1)" })).toBeVisible();
  await colleague.close();

  await page.getByRole("link", { name: "Clear all" }).click();
  await expect(rows(page)).toHaveCount(SIX);
  await expect(page).toHaveURL("/users?sort=-name");
  await choose(page, "Sign-in", "Inactive for 90 days");
  await expect.poll(() => names(page)).toEqual(["Søren Ångström"]);
});

test("several values of a filter, a domain, days and the second factor: each a chip that can be taken away", async ({
  page,
  installation,
}) => {
  await installation.sql(
    `INSERT INTO totp_factors (user_id, secret, confirmed_at) SELECT id, 'x', now() FROM users WHERE email = 'grace@example.com';
     UPDATE users SET email = 'soren@sub.example.com' WHERE email = 'soren@example.com'`,
  );
  await choose(page, "Status", "Active", "Disabled");
  await expect(page).toHaveURL("/users?status=active,disabled");
  await expectRows(page, 5);
  await choose(page, "Details", "Without a second factor");
  await expectRows(page, 4);
  await page.getByRole("button", { name: "Details (1)" }).click();
  await page.getByLabel("E-mail domain").fill("example.com");
  await expect.poll(() => names(page)).toEqual(["Ada Owner", "فاطمة الزهراء"]);
  const today = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Created until").fill(today);
  await expect.poll(() => names(page)).toEqual(["فاطمة الزهراء"]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Details (3)" })).toBeFocused();

  // The menu's own view of it keeps all, and the export and the bulk bar mean the same.
  const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const meant = new URLSearchParams({
    ...{ status: "active,disabled", domain: "example.com", secondFactor: "no", createdTo: today },
    zone,
  });
  await page.getByRole("button", { name: "More", exact: true }).click();
  await expect(page.getByRole("menuitem", { name: "Export as CSV" })).toHaveAttribute(
    "href",
    `/v1/users/export?${meant}`,
  );
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: /Remove the filter Created until/ }).click();
  await page.getByRole("link", { name: "Remove the filter Domain: example.com" }).click();
  await expectRows(page, 4);
  await page.getByRole("link", { name: "Remove the filter Status: Disabled" }).click();
  await expectRows(page, 3);
  await expect(page).toHaveURL(/status=active&secondFactor=no/);
});

test("typing a search is one step back", async ({ page }) => {
  const box = page.getByRole("searchbox");
  // What is typed before the scripts are there is no step of its own.
  const alive = () => box.evaluate((it) => Object.keys(it).some((key) => /^__react/.test(key)));
  await expect.poll(alive).toBe(true);
  await box.pressSequentially("gra", { delay: 30 });
  await expect(rows(page)).toHaveCount(1);
  await box.pressSequentially("ce", { delay: 400 });
  await expect(page).toHaveURL("/users?search=grace");
  await page.goBack();
  await expect(page).toHaveURL("/users");
  await expect(rows(page)).toHaveCount(SIX);
  await expect(box).toHaveValue("");
});

test("nothing matches: what filters is named and can be taken away one by one", async ({
  page,
}) => {
  await page.goto("/users?search=grace&role=support");
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await page.getByRole("link", { name: "Remove the filter Role: Support" }).last().click();
  await expect(rows(page)).toHaveCount(1);
  await expect(page).toHaveURL("/users?search=grace");
});

test("an address that asks for nonsense is told so, and nothing breaks", async ({ page }) => {
  for (const query of ["status=gone", "sort=password_hash", "activity=%00", "search=%00x"]) {
    await page.goto(`/users?${query}`);
    await expect(page.getByText("something that this list does not have")).toBeVisible();
  }
  await page.goto("/users?cursor=broken");
  await expect(page.getByText("does not exist any more")).toBeVisible();
  await page.goto("/users?status=&role=&search=&sort=");
  await expect(rows(page)).toHaveCount(SIX);
});

test("it reads without scripts: search, order, next page", async ({
  page,
  browser,
  installation,
}) => {
  await installation.sql(crowd(60));
  const { context, plain } = await withoutScripts(page, browser, installation);
  expect((await plain.goto("/users"))?.status()).toBe(200);
  await expect(rows(plain)).toHaveCount(50);
  await expect(plain.getByRole("checkbox").filter({ visible: true })).toHaveCount(0);
  await plain.getByRole("link", { name: "Next page" }).click();
  await expect(rows(plain)).toHaveCount(16);
  await plain.getByRole("link", { name: "First page" }).click();
  await expect(rows(plain)).toHaveCount(50);
  await plain.getByRole("link", { name: "Created", exact: true }).click();
  await expect(plain).toHaveURL("/users?sort=createdAt");
  await plain.getByRole("searchbox").fill("crowd1");
  await choose(plain, "Status", "Active", "Invited");
  await plain.getByRole("button", { name: "Search" }).click();
  await expect(plain).toHaveURL("/users?search=crowd1&status=active%2Cinvited&sort=createdAt");
  await expect(rows(plain)).toHaveCount(11);
  expect((await names(plain))[0]).toBe("Crowd 19");
  await context.close();
});

test("a page says its place in the list; Back leads to the one before, with its place", async ({
  page,
  browser,
  installation,
}) => {
  await installation.sql(crowd(110));
  await page.goto("/users");
  const pages = page.getByRole("navigation", { name: "Pages" });
  await expect(pages).toContainText("1 to 50 of 116");
  await pages.getByRole("link", { name: "Next page" }).click();
  await expect(pages).toContainText("51 to 100 of 116");
  const second = await names(page);
  await pages.getByRole("link", { name: "Next page" }).click();
  await expect(pages).toContainText("101 to 116 of 116");
  await page.goBack();
  await expect(pages).toContainText("51 to 100 of 116");
  expect(await names(page)).toEqual(second);

  const shared = new URL(page.url());
  for (const from of ["900", "0", "<i>", ""]) {
    shared.searchParams.set("from", from);
    await page.goto(shared.href);
    await expectRows(page, 50);
    await expect(pages).toHaveText("First pageNext page");
  }
  await pages.getByRole("link", { name: "First page" }).click();
  await expect(page).toHaveURL("/users");
  const { context, plain } = await withoutScripts(page, browser, installation);
  await plain.goto("/users?status=active");
  await plain.getByRole("link", { name: "Next page" }).click();
  await expect(plain.getByText("51 to 100 of 114", { exact: true })).toBeVisible();
  await context.close();
});

test("the role that most have is no badge, and is said to a screen reader all the same", async ({
  page,
}) => {
  const role = (row: RegExp) => page.getByRole("row", { name: row }).locator("td.role");
  const badge = (row: RegExp) => role(row).locator(".badge");
  await expect(badge(/Grace/)).toHaveText("Administrator");
  await expect(badge(/noname/)).toHaveText("Support");
  await expect(badge(/Søren/)).toHaveCount(0);
  await expect(page.getByRole("row", { name: /Søren/ }).getByRole("cell")).toContainText([
    "",
    "User",
    "Active",
  ]);
  const seen = await role(/Søren/).locator("bdi").boundingBox();
  expect(seen?.width).toBeLessThanOrEqual(1);
});

test("by keyboard alone: search, move, select, help, open, and the keys turned off", async ({
  page,
}) => {
  const { keyboard } = page;
  const focus = page.locator(":focus");
  await page.locator("body").focus();
  await keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await keyboard.type("jk?x"); // letters, in a field
  await expect(page).toHaveURL(/search=jk(\?|%3F)x/);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expectRows(page, 0);
  await page.getByRole("searchbox").fill("");
  await expect(page).not.toHaveURL(/search=/);
  await expectRows(page, SIX);
  await keyboard.press("Tab");
  await page.getByRole("link", { name: "Skip to the content" }).focus();

  await keyboard.press("j");
  await expect(focus).toHaveText("Ada Owner");
  await keyboard.press("j");
  await keyboard.press("j");
  await keyboard.press("k");
  await expect(focus).toHaveText(/^Wolfe/);
  await keyboard.press("Control+j"); // the browser's, not ours
  await expect(focus).toHaveText(/^Wolfe/);
  await keyboard.press("x");
  await expect(page.getByRole("checkbox", { name: /^Select Wolfe/ })).toBeChecked();
  await keyboard.press("j");
  await keyboard.press("x");
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(2);
  await keyboard.press("x");
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(1);
  const bar = page.getByRole("region", { name: "Selected users" });
  await expect(bar).toBeVisible(); // it is loaded when somebody is selected
  await keyboard.press("b");
  await expect(bar.getByRole("button", { name: "Disable" })).toBeFocused();
  await keyboard.press("j");
  await keyboard.press("j");
  await keyboard.press("j");
  await keyboard.press("Escape");
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(0);
  await keyboard.press("b"); // there is no bar
  await expect(focus).toHaveText("noname@example.com");

  await keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help).toBeVisible();
  await expect(help.getByText("Go to what can be done with the selected users")).toBeVisible();
  await keyboard.press("j"); // the list rests while a question is open
  await keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await expect(focus).toHaveText("noname@example.com");

  await keyboard.press("?");
  await help.getByRole("switch", { name: "Single-key shortcuts" }).press("Space");
  await keyboard.press("Escape");
  await page.reload();
  await keyboard.press("j");
  await keyboard.press("?");
  await expect(help).toHaveCount(0);
  await expect(page.locator("[data-row-link]:focus")).toHaveCount(0);
  await page.getByRole("button", { name: "Display" }).press("Enter");
  await page.getByRole("menuitem", { name: "Keyboard shortcuts" }).press("Enter");
  await help.getByRole("switch").press("Space");
  await keyboard.press("Escape");

  await page.getByRole("link", { name: "Skip to the content" }).focus();
  await keyboard.press("j");
  await keyboard.press("j");
  const href = await focus.getAttribute("href");
  await keyboard.press("Enter");
  await expect(page).toHaveURL(href ?? "");
});

test.describe("a wide window", () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test("shows a user beside the list, and the next one as the focus moves", async ({ page }) => {
    const { keyboard } = page;
    await page.getByRole("link", { name: "Skip to the content" }).focus();
    const beside = page.getByRole("complementary");
    await keyboard.press("j");
    await keyboard.press("p");
    await expect(beside).toHaveAccessibleName("Ada Owner, beside the list");
    await expect(beside.getByText(/sign-ins? in the last 90 days/).first()).toBeVisible();
    await keyboard.press("j");
    await expect(beside).toHaveAccessibleName(/^Wolfe/);
    await expect(beside.getByText("No sign-in in the last 90 days")).toBeVisible();
    await expectNoViolations(page);
    await keyboard.press("Escape");
    await expect(beside).toHaveCount(0);
    await page.getByRole("button", { name: "Actions for Grace Hopper" }).click();
    await page.getByRole("menuitem", { name: "Show beside the list" }).click();
    await beside.getByRole("link", { name: "Open the whole page" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Grace Hopper");
  });
});

test("from a user's page to the next and the one before in the list, and back to it", async ({
  page,
  browser,
  installation,
}) => {
  await page.goto("/users?status=active&sort=name");
  await page.getByRole("link", { name: "Grace Hopper" }).click();
  const title = page.getByRole("heading", { level: 1 });
  await expect(title).toHaveText("Grace Hopper");
  const list = page.getByRole("navigation", { name: "In the list" });
  await expect(list.getByRole("link", { name: "Previous: Ada Owner" })).toBeVisible();
  await page.keyboard.press("j");
  await expect(title).toHaveText("Søren Ångström");
  await page.keyboard.press("j");
  await expect(title).toHaveText(/^Wolfe/);
  await expect(list.getByText("Last of the list")).toBeAttached();
  await page.keyboard.press("k");
  await expect(title).toHaveText("Søren Ångström");
  await page.getByLabel("Name", { exact: true }).press("j"); // a letter, in a field
  await expect(title).toHaveText("Søren Ångström");
  const { context, plain } = await withoutScripts(page, browser, installation);
  await plain.goto(page.url());
  await plain.getByRole("link", { name: "Previous: Grace Hopper" }).click();
  await expect(plain.getByRole("heading", { level: 1 })).toHaveText("Grace Hopper");
  await context.close();
  await page.getByRole("link", { name: "Users", exact: true }).last().click();
  await expect(page).toHaveURL("/users?status=active&sort=name");
});

test("a view is saved, shown after a reload, deleted and brought back", async ({ page }) => {
  await choose(page, "Status", "Disabled");
  await page.getByRole("link", { name: "E-mail", exact: true }).click();
  await expect(page).toHaveURL("/users?status=disabled&sort=email");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this view" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(dialog.getByText("Enter a name for the view.")).toBeVisible();
  await dialog.getByLabel("Name of the view").fill("Sleeping & “gone”");
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(dialog).toHaveCount(0);

  await page.goto("/users");
  await page.getByRole("button", { name: "All users" }).click();
  await page.getByRole("menuitemradio", { name: "Sleeping & “gone”" }).click();
  await expect(page).toHaveURL("/users?status=disabled&sort=email");
  await expect.poll(() => names(page)).toEqual(["فاطمة الزهراء"]);

  const menu = page.getByRole("button", { name: "Sleeping & “gone”" });
  await menu.click();
  await page.getByRole("menuitem", { name: "Share with everybody" }).click();
  await expect(page.getByText("Everybody who may list users sees the view")).toBeVisible();
  await menu.click();
  await expect(page.getByRole("menuitem", { name: "Stop sharing" })).toBeVisible();
  await page.getByRole("menuitem", { name: "Delete the view" }).click();
  await expect(page.getByText("is deleted.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Views", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(menu).toBeVisible();

  await page.goto("/users?status=active");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this view" }).click();
  await dialog.getByLabel("Name of the view").fill("Sleeping & “gone”");
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(dialog.getByText("You have another view of this name.")).toBeVisible();
});

test("the built-in views say what they show", async ({ page }) => {
  let now = "All users";
  for (const [name, found] of [
    ["Administrators", 2],
    ["Invited", 1],
    ["Never signed in", 1],
    ["Inactive for 90 days", 1],
    ["Disabled", 1],
    ["Without a second factor", 4],
  ] as const) {
    await page.getByRole("button", { name: now, exact: true }).click();
    await page.getByRole("menuitemradio", { name }).click();
    await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
    await expectRows(page, found);
    now = name;
  }
});

test("columns and density stay, and the server draws them", async ({
  page,
  browser,
  installation,
}) => {
  const head = (name: string) => page.getByRole("columnheader", { name, exact: true });
  await page.getByRole("button", { name: "Display" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Number" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Role" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Sessions" }).click();
  await expect(page.getByRole("row", { name: /Ada Owner/ })).toContainText("Sessions1");
  await page.getByRole("menuitemradio", { name: "Compact" }).click();
  await page.keyboard.press("Escape");
  await expect(head("Number")).toBeVisible();
  // The heads stand above the first row, each of them.
  const heads = await page
    .getByRole("columnheader")
    .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().bottom));
  const first = await rows(page).nth(0).boundingBox();
  expect(Math.max(...heads)).toBeLessThanOrEqual((first?.y ?? 0) + 1);
  const height = async () => (await rows(page).nth(0).boundingBox())?.height ?? 0;
  const compact = await height();
  expect(compact).toBeLessThan(52);
  await page.reload();
  await expect(head("Number")).toBeVisible();
  await expect(head("Role")).toHaveCount(0);
  expect(await height()).toBe(compact);
  const { context, plain } = await withoutScripts(page, browser, installation);
  await plain.goto("/users");
  await expect(plain.getByRole("columnheader", { name: "Number" })).toBeVisible();
  await expect(plain.getByRole("columnheader", { name: "Role" })).toHaveCount(0);
  await context.close();
});

test("select a page, go on, select all that match; another filter forgets it", async ({
  page,
  installation,
}) => {
  await installation.sql(crowd(60));
  await page.goto("/users?role=predefined_user");
  const checked = page.getByRole("checkbox", { checked: true });
  await page.getByRole("checkbox", { name: "Select Crowd 3", exact: true }).click();
  await page
    .getByRole("checkbox", { name: "Select Crowd 6", exact: true })
    .click({ modifiers: ["Shift"] });
  await expect(checked).toHaveCount(4);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(rows(page)).toHaveCount(12);
  await expect(checked).toHaveCount(0);
  await page.getByRole("link", { name: "First page" }).click();
  await expect(checked).toHaveCount(4);

  const wholePage = page.getByRole("checkbox", { name: "Select all on this page" });
  await wholePage.filter({ visible: true }).click();
  await expect(checked.filter({ visible: true })).toHaveCount(51);
  await expect(page.getByText("All 50 users of this page are selected.")).toBeVisible();
  await page.getByRole("button", { name: "Select all 62 users that match" }).click();
  await expect(page.getByText("All 62 users that match are selected")).toBeVisible();
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(rows(page)).toHaveCount(12);
  await expect(checked.filter({ visible: true })).toHaveCount(13);

  await page.getByRole("checkbox", { name: "Select Søren" }).click();
  await expect(page.getByText("All 62 users that match are selected")).toHaveCount(0);
  await expect(checked.filter({ visible: true })).toHaveCount(11);
  await choose(page, "Status", "Active");
  await expect(rows(page)).toHaveCount(50);
  await expect(checked).toHaveCount(0);
});

test("rows on their way: a skeleton on arrival, the old rows dimmed afterwards", async ({
  page,
  installation,
}) => {
  await page.goto("/account");
  const held = `SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE datname = current_database() AND relation = 'saved_views'::regclass AND mode = 'AccessExclusiveLock' AND granted`;
  /** Holds up whoever lists users, from now on; `over` is when that ends. */
  const slow = async (seconds: number) => {
    const over = installation.sql(
      `BEGIN; LOCK TABLE saved_views IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(${seconds}); COMMIT`,
    );
    await expect.poll(() => installation.sql(held)).toHaveLength(1);
    return { over };
  };
  const arriving = await slow(3);
  await page.getByRole("link", { name: "Users" }).click();
  await expect(page.getByText("Loading the users")).toBeAttached();
  await expect(rows(page)).toHaveCount(0);
  await arriving.over;
  await expect(rows(page)).toHaveCount(SIX);

  const filtering = await slow(3);
  await choose(page, "Status", "Active");
  await expect(page.locator("[aria-busy=true]")).toBeVisible();
  await expect(rows(page)).toHaveCount(SIX);
  await filtering.over;
  await expect(rows(page)).toHaveCount(4);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
});

test("somebody who may only read is offered nothing else", async ({ page, installation }) => {
  await installation.sql(
    "UPDATE users SET role_id = (SELECT id FROM roles WHERE slug = 'support'), password_hash = (SELECT password_hash FROM users WHERE email = 'ada@example.com') WHERE email = 'soren@example.com'",
  );
  await page.context().clearCookies();
  await signIn(page, { email: "soren@example.com", password: OWNER.password });
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(rows(page)).toHaveCount(SIX);
  await expect(page.getByRole("link", { name: "Invite people" })).toHaveCount(0);
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await page.getByRole("button", { name: "Actions for Grace Hopper" }).click();
  await expect(page.getByRole("menuitem")).toHaveText(["Open", "Show beside the list"]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More" }).click();
  await expect(page.getByRole("menuitem")).toHaveText(["Export as CSV"]);
});

test("the export takes the filter along", async ({ page }) => {
  await page.goto("/users?search=gr%26ce&status=active&sort=name");
  await page.getByRole("button", { name: "More" }).click();
  const link = page.getByRole("menuitem", { name: "Export as CSV" });
  await expect(link).toHaveAttribute("href", "/v1/users/export?search=gr%26ce&status=active");
});

test.describe("far from Greenwich", () => {
  test.use({ timezoneId: "America/New_York" });

  test("the exact time is the reader's own; without scripts it is UTC and says so", async ({
    page,
    browser,
    installation,
  }) => {
    await installation.sql(
      "UPDATE users SET created_at = '2024-01-15T03:04:05Z' WHERE email = 'grace@example.com'",
    );
    await page.goto("/users");
    const time = (there: Page) =>
      rows(there).filter({ hasText: "grace@example.com" }).locator("time").last();
    await expect(time(page)).toHaveAttribute("title", /January 14, 2024 at 10:04:05 PM EST/);
    const { context, plain } = await withoutScripts(page, browser, installation);
    await plain.goto("/users");
    await expect(time(plain)).toHaveAttribute("title", /January 15, 2024 at 3:04:05 AM UTC/);
    await context.close();
  });
});

test.describe("a row on a phone", () => {
  test.use({ viewport: { width: 390, height: 700 } });

  test("is name and status, then address and last sign-in; another role has a line of its own", async ({
    page,
  }) => {
    const boxes = async (text: string) => {
      const row = rows(page).filter({ hasText: text });
      const box = async (part: string) => {
        const found = await row.locator(part).boundingBox();
        if (found === null) throw new Error(`${part} is not seen`);
        const { x, y, width, height } = found;
        return { left: x, right: x + width, middle: y + height / 2, height };
      };
      return {
        row: await row.boundingBox(),
        name: await box(".name"),
        status: await box("td.status .badge"),
        email: await box(".email"),
        seen: await box("time >> nth=0"),
      };
    };
    for (const who of ["soren@example.com", "fatima@example.com"]) {
      const { row, name, status, email, seen } = await boxes(who);
      expect(row?.height).toBeLessThanOrEqual(72);
      expect(Math.abs(name.middle - status.middle)).toBeLessThanOrEqual(3);
      expect(Math.abs(email.middle - seen.middle)).toBeLessThanOrEqual(3);
      expect(name.middle).toBeLessThan(email.middle);
      expect(name.right).toBeLessThanOrEqual(status.left);
      expect(email.right).toBeLessThanOrEqual(seen.left);
    }
    const support = await boxes("subdomain.example.com");
    expect(support.row?.height).toBeLessThanOrEqual(100);
    await expect(rows(page).filter({ hasText: "noname@" }).locator("td.role")).toBeVisible();
  });
});

for (const width of [320, 390, 640]) {
  test.describe(`${width} pixels`, () => {
    test.use({ viewport: { width, height: 700 } });

    test("rows are cards, filters fold, nothing overflows", async ({ page }) => {
      const overflow = () =>
        page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await page.getByRole("button", { name: "Display" }).filter({ visible: true }).click();
      await page.getByRole("menuitemcheckbox", { name: "E-mail verified" }).click();
      await page.keyboard.press("Escape");
      expect(await overflow()).toBe(0);
      const filters = page.getByRole("button", { name: "Filters" });
      if (width < 640) {
        await expect(page.getByRole("button", { name: "Role", exact: true })).toBeHidden();
        await filters.click();
      }
      await choose(page, "Role", "Support");
      await expect(rows(page)).toHaveCount(2);
      await page.getByRole("combobox", { name: "Order" }).selectOption("name");
      await expect(page).toHaveURL("/users?role=support&sort=name");
      expect(await overflow()).toBe(0);
      if (width < 640) {
        await expect(page.getByRole("button", { name: "Filters (1)" })).toBeVisible();
        await page.getByRole("link", { name: "Remove the filter Role: Support" }).click();
        await expect(rows(page)).toHaveCount(SIX);
      }
      await page.getByRole("checkbox", { name: "Select all on this page" }).click();
      await expect(page.locator("[data-selected]")).toHaveCount(await rows(page).count());
      expect(await overflow()).toBe(0);
    });
  });
}

for (const [colorScheme, locale] of LOOKS) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use(inLook([colorScheme, locale]));

    test("no accessibility violation in any state", async ({ page }) => {
      await expectNoViolations(page);
      await page.goto("/users?search=nobody&status=active&role=support");
      await expectNoViolations(page);
      await page.goto("/users?status=active");
      await page.locator("thead input[type=checkbox]").click();
      await expectNoViolations(page);
      await page.locator("button:has(.lucide-bookmark)").click();
      await expect(page.getByRole("menu")).toBeVisible();
      await expectNoViolations(page);
      await page.keyboard.press("Escape");
      await page.locator("button:has(.lucide-sliders-horizontal)").last().click();
      await expect(page.getByRole("menu")).toBeVisible();
      await expectNoViolations(page);
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectNoViolations(page);
      await page.keyboard.press("Escape");
      await page.setViewportSize({ width: 390, height: 800 });
      await expectNoViolations(page);
    });
  });
}
