import type { Locator, Page } from "playwright/test";
import { apiToken } from "../support/claimed";
import {
  admit,
  expect,
  expectFineWhenNarrow,
  inLook,
  LOOKS,
  OWNER,
  signIn,
  test,
} from "./fixtures";

const PASSWORD = "another long passphrase";
const SENTENCE = "May read and change users whose status is active and whose role is “User”.";
const SUPPORT = [
  {
    action: ["read", "update"],
    subject: "User",
    conditions: { status: "active", "role.slug": "predefined_user" },
  },
];

let api: (method: string, path: string, body: unknown) => Promise<Response>;

test.beforeEach(async ({ page, installation }) => {
  const token = await apiToken(installation);
  api = async (method, path, body) => {
    const response = await fetch(installation.baseUrl + path, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    expect(response.ok, await response.clone().text()).toBe(true);
    return response;
  };
  await admit(page, installation);
});

const createUser = (email: string, role: string) =>
  api("POST", "/v1/users", { email, role, password: PASSWORD });
const createRole = (name: string, policies: unknown) =>
  api("POST", "/v1/roles", { name, policies });

/** Presses Tab until the focus is there, as somebody without a pointer would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`No way by Tab to ${target}`);
}

test("a role is made by keyboard, handed out, and allows what it says and no more", async ({
  page,
  browser,
  installation,
}) => {
  await createUser("bob@example.com", "predefined_user");
  await createUser("cleo@example.com", "predefined_user");
  await page.goto("/roles");
  await expect(page.getByText("No roles of your own yet")).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: "Create role" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Create a role" })).toBeVisible();
  await tabTo(page, page.getByLabel("Name"));
  await page.keyboard.type("Support");
  await tabTo(page, page.getByRole("button", { name: "Add permission" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("May read users.")).toBeVisible();

  await page.keyboard.press("Shift+Tab"); // back to what was added above the button
  await expect(page.getByRole("button", { name: "Add condition" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  const change = page.getByRole("checkbox", { name: "Change", exact: true });
  for (let presses = 0; presses < 15; presses++) {
    if (await change.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("Shift+Tab");
  }
  await page.keyboard.press("Space");
  await expect(page.getByText("May read and change users.")).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Add condition" }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Choose what is allowed, and on what.")).toBeVisible();
  await page.getByLabel("Name").focus();
  await tabTo(page, page.getByRole("checkbox", { name: "active", exact: true }));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("checkbox", { name: "User", exact: true }));
  await page.keyboard.press("Space");
  await expect(page.getByText(SENTENCE)).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Create role" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("The role Support is created.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: SENTENCE }).first()).toBeVisible();

  await page.goto("/users");
  await page
    .getByRole("row", { name: /bob@example.com/ })
    .getByRole("button", { name: /Actions for/ })
    .click();
  await page.getByRole("menuitemradio", { name: "Support" }).click();
  await expect(page.getByText("is now Support")).toBeVisible();

  const context = await browser.newContext({ baseURL: installation.baseUrl });
  const bob = await context.newPage();
  await signIn(bob, { email: "bob@example.com", password: PASSWORD });
  await expect(bob).toHaveURL(/\/users$/);
  await expect(bob.getByRole("row", { name: /cleo@example.com/ })).toBeVisible();
  await expect(bob.getByRole("row", { name: /ada@example.com/ })).toHaveCount(0);
  await expect(bob.getByRole("link", { name: "Roles" })).toHaveCount(0);
  for (const path of [
    "/roles",
    "/roles/new",
    "/roles/support",
    "/roles/side_by_side",
    "/roles/who",
    "/roles/test",
    "/audit",
  ]) {
    expect((await bob.goto(path))?.status(), path).toBe(403);
    await expect(bob.getByRole("heading", { name: "No access" })).toBeVisible();
  }

  // The role changes under its holder: it counts on the next page, and nobody is signed out.
  await page.goto("/roles/support");
  await expect(page.getByText("1 user has this role; what you save")).toBeVisible();
  await page.getByLabel("On", { exact: true }).selectOption("AuditEvent");
  await page.getByRole("button", { name: "Save role" }).click();
  const told = page.locator("main").getByRole("alert");
  await expect(told).toBeFocused();
  await expect(told).toContainText("What this changes for 1 user");
  await expect(told).toContainText(`For bob@example.com.They lose${SENTENCE}`);
  await expect(told).toContainText("They gainMay read the audit trail.");
  expect((await bob.goto("/users"))?.status()).toBe(200);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Save and take it away" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("The role Support is saved.")).toBeVisible();
  expect((await bob.goto("/audit"))?.status()).toBe(200);
  expect((await bob.goto("/users"))?.status()).toBe(403);
  await context.close();
});

test("who can do this, and whether a role may, with the reasons", async ({ page }) => {
  await createRole("Support", SUPPORT);
  await createUser("sam@example.com", "support");
  await createUser("bob@example.com", "predefined_user");
  await page.goto("/roles");
  await page.getByRole("link", { name: "Who can do this" }).click();
  await page.getByLabel("Action").selectOption("update");
  await page.getByRole("button", { name: "Ask" }).click();
  await expect(page.getByRole("heading", { name: "2 roles allow this." })).toBeVisible();
  const support = page.getByRole("listitem").filter({ hasText: "Support" });
  await expect(support).toContainText(SENTENCE);
  await expect(
    support.getByRole("link", { name: "1 active user with the role Support" }),
  ).toHaveAttribute("href", "/users?role=support&status=active");
  await expect(support.getByRole("link", { name: "sam@example.com" })).toBeVisible();
  await page.getByLabel("On", { exact: true }).selectOption("AuditEvent");
  await page.getByRole("button", { name: "Ask" }).click();
  await expect(page.getByText("This cannot be done to that.")).toBeVisible();

  await page.getByRole("link", { name: "Test a role" }).click();
  const ask = async (user: string, action = "update") => {
    await page.getByLabel("Role", { exact: true }).selectOption("support");
    await page.getByLabel("Action").selectOption(action);
    await page.getByLabel("To this user").fill(user);
    await page.getByRole("button", { name: "Ask" }).click();
    await expect(page).toHaveURL(new RegExp(`action=${action}.*user=${encodeURIComponent(user)}$`));
    return page.getByRole("region", { name: /^Support: / });
  };
  await expect(await ask("")).toContainText("Allowed for some users");
  const allowed = await ask("bob@example.com");
  await expect(allowed).toContainText(`AllowedPermission 1 says so: ${SENTENCE}`);
  const refused = await ask(OWNER.email);
  await expect(refused).toContainText("Refused");
  await expect(refused).toContainText("Not met: Role.");
  await expect(await ask("bob@example.com", "delete")).toContainText("No permission of this role");
  await ask("nobody@example.com");
  await expect(page.getByText("There is no such user")).toBeVisible();
});

test("roles side by side: what each allows, in words", async ({ page }) => {
  await createRole("Support", SUPPORT);
  await page.goto("/roles");
  await page.getByRole("link", { name: "Side by side" }).click();
  const table = page.getByRole("region", { name: "Roles by what they allow" });
  await expect(table.getByRole("columnheader")).toHaveText([
    ...["What it allows", "Administrator", "User", "Support"],
  ]);
  const cells = (name: string, place = 0) =>
    table.getByRole("row", { name, exact: false }).nth(place).getByRole("cell");
  await expect(cells("Change the e-mail address")).toHaveText(["Yes", "No", "Some"]);
  await expect(cells("Needs a second factor")).toHaveText(["No", "No", "No"]);
  await table.getByRole("link", { name: "Support" }).click();
  await expect(page).toHaveURL(/\/roles\/support$/);
});

test("what a predefined role allows is shown, and not edited", async ({ page }) => {
  await page.goto("/roles/predefined_super_admin");
  await expect(page.getByRole("heading", { name: "Administrator" })).toBeVisible();
  await expect(page.getByText("so nobody changes it")).toBeVisible();
  await expect(page.getByText("May do everything.")).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /Save|Delete/ })).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Save requirement" })).toBeVisible();
  expect((await page.goto("/roles/nobody"))?.status()).toBe(404);
});

test("words and JSON stay in step; what is wrong is said where it is; leaving asks first", async ({
  page,
}) => {
  await page.goto("/roles/new");
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(page.locator("main").getByRole("alert")).toBeFocused();
  await expect(page.locator("main").getByRole("alert")).toContainText("Name: Enter a name.");
  await page.getByLabel("Name").fill("Editor");
  await page.getByRole("button", { name: "Add permission" }).click();
  await page.getByRole("button", { name: "Add condition" }).click();
  await page.getByRole("button", { name: "Create role" }).click();
  await page.getByRole("link", { name: "Permission 1, condition 1" }).click();
  await expect(page.locator(":focus")).toContainText("Choose at least one value.");
  await page.getByRole("checkbox", { name: "invited" }).check();
  await expect(page.locator("main").getByRole("alert")).toHaveCount(0);

  await page.getByText("The same as JSON").click();
  const json = page.getByLabel("Permissions as JSON");
  expect(JSON.parse(await json.inputValue())).toEqual([
    { action: "read", subject: "User", conditions: { status: "invited" } },
  ]);
  await json.fill(
    '[{"action":"manage","subject":"Role"},{"action":"read","subject":"User","conditions":{"metadata.level":{"$in":[1,2]}}}]',
  );
  await expect(page.getByText("May do everything with roles.")).toBeVisible();
  await expect(
    page.getByText("May read users whose “level” in the metadata is 1 or 2."),
  ).toBeVisible();
  await page.getByLabel("Any of these values").fill("3");
  expect(JSON.parse(await json.inputValue())[1].conditions).toEqual({ "metadata.level": 3 });

  await json.fill('[{"action":"read","subject":"User","conditions":{"$where":"1"}}]');
  await expect(page.getByText("0.conditions.$where")).toBeVisible();
  await expect(page.getByText("The JSON below has changes that are not valid yet.")).toBeVisible();
  await json.fill("[");
  await expect(page.getByText("This is not JSON yet.")).toBeVisible();
  await page.getByRole("button", { name: "Go back to these permissions" }).click();
  await expect(page.getByText("May do everything with roles.")).toBeVisible();

  await page.getByRole("link", { name: "Users", exact: true }).click();
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  await expect(question).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByLabel("Name")).toHaveValue("Editor");
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await question.getByRole("button", { name: "Leave the page" }).click();
  await expect(page).toHaveURL(/\/users$/);
});

test("what is written otherwise after it was told is told again", async ({ page }) => {
  await createRole("Support", SUPPORT);
  await createUser("sam@example.com", "support");
  await page.goto("/roles/support");
  await page.getByRole("checkbox", { name: "Delete" }).check();
  await page.getByRole("button", { name: "Save role" }).click();
  const change = page.locator("main").getByRole("alert");
  await expect(change).toContainText("They gainMay delete users whose status is active");
  await expect(change).not.toContainText("They lose");
  await page.getByRole("checkbox", { name: "Delete" }).uncheck();
  await page.getByRole("checkbox", { name: "Change", exact: true }).uncheck();
  await expect(change).toHaveCount(0);
  await page.getByRole("button", { name: "Save role" }).click();
  await expect(change).toContainText("They loseMay change users whose status is active");
  // A name is nobody's right.
  await page.getByLabel("Name", { exact: true }).fill("Readers");
  await page.getByRole("button", { name: "Save and take it away" }).click();
  await expect(page.getByText("The role Readers is saved.")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("what a change means is told before it is saved, and nothing typed is lost", async ({
    page,
  }) => {
    await createRole("Support", SUPPORT);
    await createUser("sam@example.com", "support");
    await page.goto("/roles/support");
    await page.getByLabel("Name", { exact: true }).fill("Readers");
    await page.getByText("The same as JSON").click();
    const json = page.getByLabel("Permissions as JSON");
    await json.fill('[{"action":"read","subject":"User"}]');
    await page.getByRole("button", { name: "Save role" }).click();
    const change = page.locator("main").getByRole("alert");
    await expect(change).toContainText("They gainMay read users.");
    await expect(change).toContainText("They loseMay change users whose status is active");
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Readers");
    await page.getByRole("button", { name: "Save and take it away" }).click();
    await expect(page.getByText("The role Readers is saved.")).toBeVisible();
    await expect(page.getByText("May read users.")).toBeVisible();
  });
});

test("two who edit one role: the second is told, and loses nothing; then it is deleted", async ({
  page,
}) => {
  await createRole("Support", SUPPORT);
  await createRole("Taken", []);
  await page.goto("/roles/support");
  await api("PATCH", "/v1/roles/support", { name: "Help desk" });
  await page.getByLabel("Name").fill("Second line");
  await page.getByRole("button", { name: "Save role" }).click();
  await expect(page.getByText("Somebody else has saved this role")).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue("Second line");
  await page.getByRole("link", { name: "Open the role as it stands now" }).click();
  await page.getByRole("button", { name: "Leave the page" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("Help desk");
  await page.getByLabel("Name").fill("taken");
  await page.getByRole("button", { name: "Save role" }).click();
  await expect(page.locator("main").getByRole("alert")).toContainText(
    "Another role has this name.",
  );
  await page.getByLabel("Name").fill("Second line");
  await page.getByRole("button", { name: "Save role" }).click();
  await expect(page.getByText("The role Second line is saved.")).toBeVisible();

  await page.goto("/roles/support");
  await page.getByRole("button", { name: "Delete role" }).click();
  await expect(page.getByRole("dialog")).toContainText("nobody loses a right");
  await page.getByRole("button", { name: "Delete Second line" }).click();
  await expect(page.getByText("The role is deleted.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Second line" })).toHaveCount(0);
});

test("a role that somebody has says so instead of offering to be deleted", async ({ page }) => {
  await createRole("Support", SUPPORT);
  await createUser("sam@example.com", "support");
  await page.goto("/roles/support");
  await expect(page.getByText("Give them another one first")).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete role" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Show its users" })).toHaveAttribute(
    "href",
    "/users?role=support",
  );
});

for (const [colorScheme, locale] of LOOKS) {
  test.describe(`${colorScheme}, ${locale}, 320 pixels`, () => {
    test.use(inLook([colorScheme, locale], 320));
    test("no violation and no sideways scrolling on any page of roles", async ({ page }) => {
      await createRole("Support", SUPPORT);
      await createUser("sam@example.com", "support");
      for (const path of [
        "/roles",
        "/roles/predefined_user",
        "/roles/side_by_side",
        "/roles/who",
        "/roles/who?action=update&subject=AuditEvent",
        `/roles/test?role=support&action=update&subject=User&user=${OWNER.email}`,
        "/roles/support",
      ]) {
        await page.goto(path);
        await expectFineWhenNarrow(page);
      }
      const save = page.locator("form:has(#name) button[type=submit]");
      await page.locator("#permission-0-action label").nth(2).click();
      await save.click();
      await expect(page.locator("main").getByRole("alert")).toBeFocused();
      await expectFineWhenNarrow(page);
      await page.locator("#permission-0 fieldset > div > button").last().click();
      await page.locator("#permission-0-condition-2-field").selectOption("metadata");
      await save.click();
      await expect(page.locator("main").getByRole("alert")).toBeVisible();
      await page.locator("main summary").click();
      await expectFineWhenNarrow(page);
      await page.locator("textarea[name=policies]").fill("[1]");
      await expectFineWhenNarrow(page);
      await page.locator("nav a[href='/users']").first().click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectFineWhenNarrow(page);
    });
  });
}

test("support begins with a preset, helps somebody who lost a phone, and changes no address", async ({
  page,
  installation,
}) => {
  await page.goto("/roles/new");
  await page.getByRole("link", { name: "Support", exact: true }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Support");
  await expect(page.getByText(/make links to a new password for/)).toBeVisible();
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(page.getByText("The role Support is created.")).toBeVisible();
  await createUser("sue@example.com", "support");
  await createUser("bob@example.com", "predefined_user");
  const [bob] = await installation.sql(
    `INSERT INTO totp_factors (user_id, secret, confirmed_at)
     SELECT id, 'sealed', now() FROM users WHERE email = 'bob@example.com' RETURNING user_id AS id`,
  );
  await page.context().clearCookies();
  await page.goto("/login");
  await signIn(page, { email: "sue@example.com", password: PASSWORD });
  await expect(page.getByRole("button", { name: /^Account of/ })).toBeVisible();
  await page.goto(`/users/${bob?.["id"]}`);
  await expect(page.getByText("Has a second factor.")).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Disable" })).toHaveCount(0);
  await page.getByRole("button", { name: "Remove second factor" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove the second factor of bob@example.com?" });
  await expect(dialog).toContainText("all sessions end");
  await dialog.getByRole("button", { name: "Remove second factor" }).click();
  await expect(page.getByText("bob@example.com has no second factor any more.")).toBeVisible();
  await expect(page.getByText("No second factor.", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Make a password reset link" }).click();
  await expect(page.getByLabel("Link", { exact: true })).toHaveValue(/\/join#token=/);
});

test("a role is duplicated", async ({ page }) => {
  await createRole("Editors", SUPPORT);
  await page.goto("/roles/editors");
  await page.getByRole("link", { name: "Duplicate" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Editors (copy)");
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(page.getByText("The role Editors (copy) is created.")).toBeVisible();
});
