import type { Page } from "playwright/test";
import { storeUsers } from "../support/store-users";
import { enter, expect, HOME, OWNER, test, unclaimedTest } from "./fixtures";

/**
 * What an administration is for, each from its first page to its end by the shortest way that stands on the screen, with
 * the presses it takes: clicks, choices of a list and files. Words that are typed are not counted. docs/tasks.md has
 * the table, with what it was before.
 */
async function counting(page: Page): Promise<() => number> {
  let presses = 0;
  await page.exposeFunction("pressed", () => {
    presses += 1;
  });
  const listen = () => {
    const told = () => (window as unknown as { pressed: () => void }).pressed();
    addEventListener("pointerdown", told, true);
    addEventListener(
      "change",
      ({ target }) => {
        if ((target as Element).matches("select, input[type=file]")) told();
      },
      true,
    );
  };
  await page.addInitScript(listen);
  await page.evaluate(listen);
  return () => presses;
}

const PASSWORD = "another long passphrase";

unclaimedTest("claim: 3 presses", async ({ page }) => {
  const presses = await counting(page);
  await page.goto("/");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("E-mail address").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.getByRole("link", { name: "Go home" }).click();
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
  await expect.poll(presses).toBe(3);
});

test("invite and join: 6 presses", async ({ page, installation }) => {
  await enter(page, installation, "/");
  const presses = await counting(page);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(page).toHaveURL(/\/users$/);
  await page.getByRole("link", { name: "Invite people" }).first().click();
  await expect(page).toHaveURL(/\/users\/invite$/);
  await page.getByLabel("E-mail address").fill("bob@example.com");
  await page
    .locator("main form")
    .filter({ hasText: "E-mail address" })
    .getByRole("button")
    .last()
    .click();
  await page.getByRole("button", { name: "Copy" }).click();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  await page.context().clearCookies();
  await page.goto(link);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Join" }).click();
  await page.getByRole("link", { name: "Go on" }).click();
  await expect(page).toHaveURL(/\/account$/);
  await expect.poll(presses).toBe(6);
});

test("disable all who never signed in: 7 presses", async ({ page, installation }) => {
  await storeUsers(installation, "sleepy", 60);
  await enter(page, installation, "/");
  const presses = await counting(page);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await page.getByRole("button", { name: "All users", exact: true }).click();
  await page.getByRole("menuitemradio", { name: "Never signed in" }).click();
  await expect(page).toHaveURL(/never/);
  await page.getByRole("checkbox", { name: "Select all on this page" }).first().check();
  await page.getByRole("button", { name: /^Select all 60/ }).click();
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await page.getByRole("button", { name: "Disable 60 users" }).click();
  await expect
    .poll(() => installation.sql("SELECT count(*)::int AS n FROM users WHERE status = 'disabled'"))
    .toEqual([{ n: 60 }]);
  await expect.poll(presses).toBe(7);
});

test("import 200 of which 5 are wrong, and links for everybody: 6 presses", async ({
  page,
  installation,
}) => {
  await enter(page, installation, "/");
  const presses = await counting(page);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Import a CSV file" }).click();
  const row = (n: number) => (n < 5 ? `nobody-${n},Nobody` : `person-${n}@example.com,Person ${n}`);
  const csv = ["email,name", ...Array.from({ length: 200 }, (_, n) => row(n))].join("\n");
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await page.getByRole("button", { name: "Import 195 users" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Make 195 links" }).click();
  expect((await saved).suggestedFilename()).toMatch(/^invitations-/);
  await expect.poll(presses).toBe(6);
});

test("a role that only resets passwords, and one who has it: 7 presses", async ({
  page,
  installation,
}) => {
  await storeUsers(installation, "sue", 1);
  await enter(page, installation, "/");
  const presses = await counting(page);
  await page.getByRole("link", { name: "Roles", exact: true }).click();
  await page.getByRole("link", { name: "Create role" }).click();
  await page.getByRole("link", { name: "Support", exact: true }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Support");
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(page.getByText("The role Support is created.")).toBeVisible();
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await page.getByRole("button", { name: /^Actions for sue/ }).click();
  await page.getByRole("menuitemradio", { name: "Support" }).click();
  await expect
    .poll(() =>
      installation.sql(
        "SELECT slug FROM roles JOIN users ON role_id = roles.id WHERE email LIKE 'sue%'",
      ),
    )
    .toEqual([{ slug: "support" }]);
  await expect.poll(presses).toBe(7);
});

test("who disabled somebody: 2 presses", async ({ page, installation }) => {
  await storeUsers(installation, "sleepy", 1);
  await installation.sql(`
    INSERT INTO audit_events (action, actor_id, actor_label, target_type, target_id, target_label, details)
    SELECT 'user.updated', ada.id, ada.email, 'user', sleepy.id, sleepy.email, '{"status":{"from":"active","to":"disabled"}}'
    FROM users AS ada, users AS sleepy WHERE ada.email = '${OWNER.email}' AND sleepy.email LIKE 'sleepy%'`);
  await enter(page, installation, "/");
  const presses = await counting(page);
  await page.getByRole("link", { name: "Audit", exact: true }).click();
  await page.getByLabel("What happened").selectOption({ label: "User disabled" });
  await expect(page.getByText(/Ada Owner disabled sleepy/)).toBeVisible();
  await expect.poll(presses).toBe(2);
});

test("a second factor for all administrators: 4 presses", async ({ page, installation }) => {
  await enter(page, installation, "/");
  const presses = await counting(page);
  await page.getByRole("link", { name: "Roles", exact: true }).click();
  await expect(page).toHaveURL(/\/roles$/);
  await page.getByRole("link", { name: "Administrator", exact: true }).click();
  await expect(page).toHaveURL(/\/roles\/predefined_super_admin$/);
  await page.getByLabel("Require a second factor").check();
  await page.getByLabel("Days of grace").fill("7");
  await page.getByRole("button", { name: "Save requirement" }).click();
  await expect(page.getByText("The role Administrator is saved.")).toBeVisible();
  await expect.poll(presses).toBe(4);
});

test("somebody has lost their phone: 4 presses", async ({ page, installation }) => {
  await storeUsers(installation, "lost", 1);
  await installation.sql(`INSERT INTO totp_factors (user_id, secret, confirmed_at)
    SELECT id, 'sealed', now() FROM users WHERE email LIKE 'lost%'`);
  await enter(page, installation, "/");
  const presses = await counting(page);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await page.locator("[data-row-link]").filter({ hasText: /^lost/ }).click();
  await page.getByRole("button", { name: "Remove second factor" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove second factor" }).click();
  await expect(page.getByText("No second factor.", { exact: true })).toBeVisible();
  await expect.poll(presses).toBe(4);
});

test("my laptop is stolen: 4 presses", async ({ page, installation }) => {
  await installation.sql(`INSERT INTO sessions (user_id, door, user_agent, expires_at)
    SELECT id, 'browser', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', now() + interval '1 day'
    FROM users`);
  await enter(page, installation, "/");
  const presses = await counting(page);
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("link", { name: "Your account" }).click();
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect
    .poll(() => installation.sql("SELECT count(*)::int AS n FROM sessions WHERE ended_at IS NULL"))
    .toEqual([{ n: 1 }]);
  await expect.poll(presses).toBe(4);
});

test("a token for a script: 5 presses", async ({ page, installation }) => {
  await enter(page, installation, "/");
  const presses = await counting(page);
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("link", { name: "Your account" }).click();
  await page.getByRole("link", { name: "API tokens", exact: true }).click();
  await page.getByText("Make a token").click();
  await page.getByRole("region", { name: "API tokens" }).getByLabel("Name").fill("Backup");
  await page.getByRole("button", { name: "Make token" }).click();
  await expect(page.getByLabel("Token", { exact: true })).toHaveValue(/^lk_|\|/);
  await expect.poll(presses).toBe(5);
});

test("language and appearance: 3 presses", async ({ page, installation }) => {
  await enter(page, installation, "/");
  const presses = await counting(page);
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("button", { name: "Español" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Inicio" })).toBeVisible();
  await expect.poll(presses).toBe(3);
});

test("share a view: 8 presses", async ({ page, installation }) => {
  await storeUsers(installation, "grace", 1);
  await installation.sql(
    `UPDATE users SET role_id = (SELECT role_id FROM users WHERE email = '${OWNER.email}')`,
  );
  await enter(page, installation, "/");
  const presses = await counting(page);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await page.getByRole("button", { name: "Status", exact: true }).click();
  await page
    .getByRole("group", { name: "Status", exact: true })
    .first()
    .getByLabel("Active", { exact: true })
    .click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/status=active/);
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this view" }).click();
  await page.getByLabel("Name of the view").fill("Here in May");
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("button", { name: "Here in May" }).click();
  await page.getByRole("menuitem", { name: "Share with everybody" }).click();
  await expect(page.getByText("Everybody who may list users sees the view")).toBeVisible();
  await expect.poll(presses).toBe(8);
  await enter(page, installation, "/users", "grace-1@example.com");
  await page.getByRole("button", { name: "All users", exact: true }).click();
  await expect(page.getByRole("menuitemradio", { name: "Here in May" })).toBeVisible();
});

test("all by keyboard: sign in, invite, find somebody, disable them, sign out: no press", async ({
  page,
  installation,
}) => {
  await storeUsers(installation, "grace", 2);
  await page.goto("/login");
  const presses = await counting(page);
  const { keyboard } = page;
  const find = async (typed: string, option: string | RegExp) => {
    const options = page.getByRole("dialog").getByRole("option");
    await expect(async () => {
      await keyboard.press("Control+k"); // a page that has just come may not hear it yet
      await expect(options.first()).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await keyboard.type(typed);
    await expect(options.and(page.getByRole("option", { selected: true }))).toHaveText(option);
    await keyboard.press("Enter");
  };
  await keyboard.type(OWNER.email);
  await page.getByLabel("Password", { exact: true }).focus();
  await keyboard.type(OWNER.password);
  await keyboard.press("Enter");
  await expect(page).toHaveURL(HOME);
  await find("invit", "Invite people");
  await expect(page).toHaveURL(/\/users\/invite$/);
  await page.getByLabel("E-mail address").focus();
  await keyboard.type("bob@example.com");
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "bob@example.com is invited" })).toBeFocused();
  await find("grace-1", /grace-1@example.com/);
  await expect(page.getByRole("heading", { level: 1, name: /^grace/ })).toBeVisible();
  await page.getByRole("button", { name: "Disable" }).press("Enter");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Disable/ })
    .press("Enter");
  await expect
    .poll(() => installation.sql("SELECT email FROM users WHERE status = 'disabled'"))
    .toEqual([{ email: "grace-1@example.com" }]);
  await find("sign out", "Sign out");
  await expect(page).toHaveURL(/\/login$/);
  await expect.poll(presses).toBe(0);
});
