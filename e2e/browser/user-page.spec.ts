import type { Page } from "playwright/test";
import { apiToken } from "../support/claimed";
import type { Installation } from "../support/installation";
import {
  enter,
  expect,
  expectNoViolations,
  HOME,
  inLook,
  LOOKS,
  OWNER,
  signIn,
  test,
} from "./fixtures";

const GRACE = {
  email: "grace@example.com",
  name: "Grace Hopper",
  password: "another long passphrase",
};

/** Somebody to look at, and the API as the owner. */
async function prepare(installation: Installation) {
  const token = await apiToken(installation);
  const call = async (method: string, path: string, body?: unknown, as = token) => {
    const response = await fetch(installation.baseUrl + path, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${as}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
    return { status: response.status, json: (await response.json().catch(() => null)) as any };
  };
  const made = await call("POST", "/v1/users", { ...GRACE, role: "predefined_user" });
  const id: string = made.json.id;
  const change = (body: unknown) => call("PATCH", `/v1/users/${id}`, body);
  const signInByApi = async (): Promise<string> =>
    (await call("POST", "/api/auth/login", GRACE)).json.accessToken;
  return { id, path: `/users/${id}`, call, change, signInByApi };
}

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("the profile is edited by keyboard, and mistakes are told at the field", async ({
  page,
  installation,
}) => {
  const { path, call, id } = await prepare(installation);
  await enter(page, installation, path);
  await expect(page).toHaveTitle(/^Grace Hopper/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(GRACE.name);

  const email = page.getByLabel("E-mail address");
  await page.getByLabel("Name", { exact: true }).fill("Admiral Hopper");
  await email.fill("admiral@");
  await email.press("Enter");
  const summary = section(page, "Profile").getByRole("alert");
  await expect(summary).toContainText("One thing needs your attention");
  await expect(summary).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(email).toBeFocused();
  await email.fill(OWNER.email);
  await email.press("Enter");
  await expect(summary).toContainText("Somebody here already has this e-mail address");
  await email.fill("Admiral@Example.com");
  await email.press("Enter");
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Admiral Hopper");
  await expect(email).toHaveValue("admiral@example.com");
  expect((await call("GET", `/v1/users/${id}`)).json).toMatchObject({
    name: "Admiral Hopper",
    email: "admiral@example.com",
  });
  await expect(section(page, "Audit trail").getByRole("listitem").first()).toContainText(
    "Grace Hopper → Admiral Hopper",
  );
});

test("a stale edit is told what changed, keeps what was typed, and chooses", async ({
  page,
  browser,
  installation,
}) => {
  const { path, call, id } = await prepare(installation);
  const second = { email: "second@example.com", password: "a third long passphrase" };
  await call("POST", "/v1/users", { ...second, role: "predefined_super_admin" });
  await enter(page, installation, path);
  const context = await browser.newContext({ baseURL: installation.baseUrl });
  const other = await context.newPage();
  await signIn(other, second);
  await expect(other).toHaveURL(HOME);
  await other.goto(path);

  const name = (on: Page) => on.getByLabel("Name", { exact: true });
  const stored = async () => (await call("GET", `/v1/users/${id}`)).json;
  await name(other).fill("Theirs");
  await other.getByRole("button", { name: "Save profile" }).click();
  await expect(other.getByText("Saved.")).toBeVisible();

  await name(page).fill("Mine");
  await page.getByRole("button", { name: "Save profile" }).click();
  const notice = section(page, "Profile").getByRole("alert");
  await expect(notice).toBeFocused();
  await expect(notice).toContainText("second@example.com changed this user");
  for (const text of ["Grace Hopper", "Theirs", "Mine"]) {
    await expect(notice.getByText(text, { exact: true })).toBeVisible();
  }
  await expect(name(page)).toHaveValue("Mine");
  expect((await stored()).name).toBe("Theirs");
  await page.getByRole("button", { name: "Save mine over it" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect((await stored()).name).toBe("Mine");

  // The other page is the stale one now; it touches something else, so nothing of either is lost.
  await other.getByLabel("E-mail address").fill("new@example.com");
  await other.getByRole("button", { name: "Save profile" }).click();
  await expect(section(other, "Profile").getByRole("alert")).toContainText(
    "You did not touch what they changed",
  );
  await expect(name(other)).toHaveValue("Mine");
  await other.getByRole("button", { name: "Save again" }).click();
  await expect(section(other, "Profile").getByRole("alert")).toHaveCount(0);
  await expect(other.getByText("Saved.")).toBeVisible();
  // Polled: the words of the first save may still be shown.
  await expect.poll(stored).toMatchObject({ name: "Mine", email: "new@example.com" });

  // And once more, giving way.
  await page.getByLabel("E-mail address").fill("mine@example.com");
  await page.getByRole("button", { name: "Save profile" }).click();
  await page.getByRole("link", { name: "Take theirs" }).click();
  await expect(page.getByLabel("E-mail address")).toHaveValue("new@example.com");
  await expect(notice).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Save profile" })).toBeVisible();
  await context.close();
});

test("an edit is not stale because of another part of the same page", async ({
  page,
  installation,
}) => {
  const { path, call, id } = await prepare(installation);
  await enter(page, installation, path);
  await page.getByLabel("Name", { exact: true }).fill("Being typed");
  await section(page, "Access").getByLabel("Role").selectOption("predefined_super_admin");
  await section(page, "Access").getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText("Grace Hopper is now Administrator.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Grace Hopper is now User.")).toBeVisible();
  await expect(section(page, "Access").getByLabel("Role")).toHaveValue("predefined_user");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Being typed");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect((await call("GET", `/v1/users/${id}`)).json.name).toBe("Being typed");
});

test("metadata: mistakes by line and column, tidied, saved, and stale by name", async ({
  page,
  installation,
}) => {
  const { path, call, change, id } = await prepare(installation);
  await change({ metadata: { team: "navy", rank: 1 } });
  await enter(page, installation, path);
  const editor = page.getByLabel("Metadata as JSON");
  const part = section(page, "Metadata");
  const save = part.getByRole("button", { name: "Save metadata" });
  const stored = async () => (await call("GET", `/v1/users/${id}`)).json.metadata;

  await editor.fill('{\n  "team": "navy"\n  "rank": 2\n}');
  await expect(part).toContainText("Line 3, column 3");
  await expect(part).toContainText("A comma or the closing bracket belongs here.");
  await expect(editor).toHaveAttribute("aria-invalid", "true");
  await save.click();
  await expect(editor).toBeFocused();
  expect(await editor.evaluate((area: HTMLTextAreaElement) => area.selectionStart)).toBe(21);
  expect(await stored()).toEqual({ team: "navy", rank: 1 });

  for (const [text, words] of [
    ['{"__proto__": 1}', "The name “__proto__” is not allowed."],
    ['{"a":[[[[[]]]]]}', "more than five levels deep"],
    [`{"a":"${"x".repeat(5_000)}"}`, "more than 4,096 bytes"],
    ["[1]", "it begins with a brace"],
  ] as const) {
    await editor.fill(text);
    await expect(part).toContainText(words);
  }
  await editor.fill('{"rank":2,"team":"navy"}');
  await expect(part).toContainText("24 of 4,096 bytes");
  await part.getByRole("button", { name: "Tidy up" }).click();
  await expect(editor).toHaveValue('{\n  "rank": 2,\n  "team": "navy"\n}');
  await save.click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(await stored()).toEqual({ team: "navy", rank: 2 });

  await change({ metadata: { team: "army", rank: 2 } });
  await editor.fill('{"rank": 3, "team": "navy"}');
  await save.click();
  const notice = part.getByRole("alert");
  await expect(notice).toContainText("Metadata “team”");
  await expect(notice).not.toContainText("Metadata “rank”");
  await expect(notice.getByText('"army"')).toBeVisible();
  await expect(editor).toHaveValue('{"rank": 3, "team": "navy"}');
  await part.getByRole("button", { name: "Save mine over it" }).click();
  await expect(notice).toHaveCount(0);
  expect(await stored()).toEqual({ team: "navy", rank: 3 });
});

test("disabled with a reason that is shown, and enabled again", async ({ page, installation }) => {
  const { path } = await prepare(installation);
  await enter(page, installation, path);
  const part = section(page, "Access");
  await part.getByRole("button", { name: "Disable" }).click();
  await page.getByLabel("Reason").fill("On leave until May");
  await page.getByRole("button", { name: "Disable Grace Hopper" }).click();
  await expect(part).toContainText("Reason: On leave until May");
  await expect(section(page, "Signing in")).toContainText("Enable the account first");
  await part.getByRole("button", { name: "Enable" }).click();
  await expect(part).toContainText("Can sign in.");
});

test("sessions and tokens end at once", async ({ page, installation }) => {
  const { path, call, signInByApi } = await prepare(installation);
  const [one, two] = [await signInByApi(), await signInByApi()];
  const made = await call("POST", "/v1/tokens", { name: "Backup", abilities: ["*"] }, one);
  const works = async (token: string) =>
    (await call("GET", "/v1/auth/me", undefined, token)).status === 200;
  await enter(page, installation, path);
  const sessions = section(page, "Sessions");
  await expect(sessions).toContainText("2 sessions");
  await sessions.getByText("Each by itself").click();
  await sessions.getByRole("button", { name: "Sign out" }).first().click();
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  expect([await works(one), await works(two)].filter(Boolean).length).toBe(1);

  await sessions.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByRole("dialog")).toContainText("grace@example.com can sign in again");
  await page.getByRole("dialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(sessions).toContainText("Not signed in anywhere.");
  expect([await works(one), await works(two)]).toEqual([false, false]);

  expect(await works(made.json.token)).toBe(true);
  const tokens = section(page, "API tokens");
  await expect(tokens).toContainText("Everything its owner may do");
  await tokens.getByRole("button", { name: "Revoke “Backup”" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(tokens).toContainText("No tokens.");
  expect(await works(made.json.token)).toBe(false);
});

test("deleted by typing the e-mail address, and restored from the list", async ({
  page,
  installation,
}) => {
  const { path, call, id } = await prepare(installation);
  await enter(page, installation, path);
  await section(page, "Delete").getByRole("button", { name: "Delete user" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/Type grace@example.com/).fill("grace@example.org");
  await dialog.getByRole("button", { name: "Delete user" }).click();
  await expect(dialog).toContainText("This is not grace@example.com.");
  expect((await call("GET", `/v1/users/${id}`)).status).toBe(200);
  await dialog.getByLabel(/Type grace@example.com/).fill(GRACE.email);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/users$/);
  expect((await call("GET", `/v1/users/${id}`)).status).toBe(404);
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(GRACE.name);
});

test("a password reset link is shown once; the owner is led to the account page", async ({
  page,
  installation,
}) => {
  const { path, call } = await prepare(installation);
  await enter(page, installation, path);
  await page.getByRole("button", { name: "Make a password reset link" }).click();
  await expect(page.getByRole("dialog").getByLabel("Link")).toHaveValue(/#token=/);
  await page.getByRole("button", { name: "Done" }).click();

  const me = (await call("GET", "/v1/auth/me")).json.id;
  await page.goto(`/users/${me}`);
  await expect(page.getByText("You", { exact: true })).toBeVisible();
  await expect(section(page, "Signing in").getByRole("link")).toHaveAttribute(
    "href",
    "/account/security",
  );
  await section(page, "Access").getByLabel("Role").selectOption("predefined_user");
  await page.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByRole("dialog")).toContainText("This is your own account");
  await page.getByRole("dialog").getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText("is the last active administrator").first()).toBeVisible();
});

test("unknown users are not found inside the frame; who may only look sees why", async ({
  page,
  installation,
}) => {
  const { id, path } = await prepare(installation);
  await installation.sql(`
    INSERT INTO roles (slug, name, policies) VALUES ('viewer', 'Viewer',
      '[{"action":"read","subject":"User","conditions":{"role.slug":{"$in":["predefined_user","viewer"]}}}]');
    UPDATE users SET role_id = (SELECT id FROM roles WHERE slug = 'viewer') WHERE id = '${id}';
    INSERT INTO users (email, name, role_id) SELECT 'bob@example.com', 'Bob', id FROM roles WHERE slug = 'predefined_user'`);
  const [bob] = await installation.sql("SELECT id FROM users WHERE email = 'bob@example.com'");
  const [ada] = await installation.sql("SELECT id FROM users WHERE email = 'ada@example.com'");
  await signIn(page, GRACE);
  await expect(page).toHaveURL(/\/users$/);
  for (const unknown of ["00000000-0000-4000-8000-000000000000", "nope", "%20", ada?.["id"]]) {
    expect((await page.goto(`/users/${unknown}`))?.status(), String(unknown)).toBe(404);
    await expect(page.getByRole("heading", { name: "There is no such user" })).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Sections" })).toBeVisible();
  }
  await page.goto(`/users/${bob?.["id"]}`);
  await expect(page.getByText("your role does not let you change anything")).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveCount(1); // copies the id
  await page.goto(path);
  await expect(page.getByText("You", { exact: true })).toBeVisible();
});

test("one's own token: made, shown once, used, revoked", async ({ page, installation }) => {
  await enter(page, installation, "/account/tokens");
  await expect(page.getByLabel("Everything you may do")).toBeHidden();
  await page.getByText("Make a token").click();
  await page.getByLabel("Everything you may do").uncheck();
  await page.getByRole("button", { name: "Make token" }).click();
  const summary = page.getByRole("alert").filter({ hasText: "2 things need your attention" });
  await expect(summary).toBeFocused();
  await page.getByRole("region", { name: "API tokens" }).getByLabel("Name").fill("Backup");
  await page.getByLabel("See users").check();
  await page.getByLabel("Expires").selectOption("In 7 days");
  await page.getByRole("button", { name: "Make token" }).click();
  const field = page.getByLabel("Token", { exact: true });
  await expect(field).toBeFocused();
  const token = await field.inputValue();
  const get = (path: string) =>
    fetch(installation.baseUrl + path, { headers: { authorization: `Bearer ${token}` } });
  expect((await get("/v1/users")).status).toBe(200);
  expect((await get("/v1/audit")).status).toBe(403);
  await page.getByRole("button", { name: "Done" }).click();
  await page.reload();
  expect(await page.content()).not.toContain(token.split("_")[2]);
  await expect(page.getByText("Expires in 7 days")).toBeVisible();
  await page.getByRole("button", { name: "Revoke “Backup”" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("No tokens.")).toBeVisible();
  expect((await get("/v1/users")).status).toBe(401);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page is read, the profile saved, and a stale edit told", async ({
    page,
    installation,
  }) => {
    const { path, change, call, id } = await prepare(installation);
    await enter(page, installation, path);
    await page.getByLabel("Name", { exact: true }).fill("First");
    await page.getByRole("button", { name: "Save profile" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("First");
    await change({ name: "Theirs" });
    await page.getByLabel("Name", { exact: true }).fill("Mine");
    await page.getByRole("button", { name: "Save profile" }).click();
    await expect(page.getByRole("alert")).toContainText("Theirs");
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Mine");
    expect((await call("GET", `/v1/users/${id}`)).json.name).toBe("Theirs");
    await page.getByRole("button", { name: "Save mine over it" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mine");
    await page.getByRole("link", { name: /^By / }).click();
    await expect(page).toHaveURL(/events=by/);
  });
});

for (const [colorScheme, locale] of LOOKS) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use(inLook([colorScheme, locale]));

    test("no accessibility violation, and no overflow at 320 px", async ({
      page,
      installation,
    }) => {
      test.setTimeout(120_000);
      const { path, change, call, signInByApi } = await prepare(installation);
      const grace = await signInByApi();
      await call("POST", "/v1/tokens", { name: "x".repeat(120), abilities: ["users:read"] }, grace);
      await change({ name: "W".repeat(200) });
      await enter(page, installation, path);
      await expectNoViolations(page);
      await page.locator("#metadata-text").fill("{,}");
      await page.locator("#name").fill("Mine");
      await change({ name: "V".repeat(200), metadata: { ["k".repeat(100)]: "v".repeat(300) } });
      await page.locator("form:has(#name) button[type=submit]").click();
      await expect(page.getByRole("alert").first()).toBeVisible();
      await expectNoViolations(page);
      const wide = () =>
        page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await wide()).toBeLessThanOrEqual(0);
      await page.locator("#danger button").click();
      await page.locator("dialog button[type=submit]").click();
      await expectNoViolations(page);
      expect(await wide()).toBeLessThanOrEqual(0);
      await page.keyboard.press("Escape");
      await page.goto("/account/tokens?new=1");
      await page.locator("form:has(#token-name) button[type=submit]").click();
      await expect(page.getByRole("alert").first()).toBeVisible();
      await expectNoViolations(page);
      expect(await wide()).toBeLessThanOrEqual(0);
      await page.locator("#token-name").fill("A token");
      await page.locator("form:has(#token-name) button[type=submit]").click();
      await expect(page.locator("input[readonly].font-mono")).toBeVisible();
      await expectNoViolations(page);
      expect(await wide()).toBeLessThanOrEqual(0);
    });
  });
}
