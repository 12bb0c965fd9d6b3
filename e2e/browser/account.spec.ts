import { readFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import type { Installation } from "../support/installation";
import { admit, enter, expect, expectNoViolations, HOME, OWNER, signIn, test } from "./fixtures";

const NEXT = "an even longer passphrase";

test("a new password needs the current one and ends every other session", async ({
  page,
  browser,
  installation,
}) => {
  const context = await browser.newContext({ baseURL: installation.baseUrl });
  const elsewhere = await context.newPage();
  await enter(elsewhere, installation);
  await expect(elsewhere).toHaveURL(/\/users$/);

  await enter(page, installation);
  await expect(page).toHaveURL(/\/users$/);
  await page.getByRole("button", { name: /Account of/ }).click();
  await page.getByRole("link", { name: "Your account" }).click();
  await sections(page).getByRole("link", { name: "Sessions" }).click();
  await expect(page.getByText("This one")).toBeVisible();
  await sections(page).getByRole("link", { name: "Security" }).click();

  await page.getByLabel("Current password").fill("not this one");
  await page.getByLabel("New password").fill(NEXT);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("alert").first()).toContainText("This is not your current password");

  await page.getByLabel("Current password").fill(OWNER.password);
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Use at least 8 characters");

  await page.getByLabel("Current password").fill(OWNER.password);
  await page.getByLabel("New password").fill(NEXT);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed")).toBeVisible();

  await page.goto("/users");
  await expect(page.getByRole("heading", { name: "Users" })).toBeVisible();
  await elsewhere.goto("/users");
  await expect(elsewhere).toHaveURL(/\/login/);
  await signIn(elsewhere, OWNER);
  await expect(elsewhere.getByRole("alert").first()).toBeVisible();
  await signIn(elsewhere, { ...OWNER, password: NEXT });
  await expect(elsewhere).toHaveURL(HOME);
  await context.close();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("who leaves confirms first, types the address, and can be restored", async ({
    page,
    installation,
  }) => {
    const grace = await addPerson(installation);
    await admit(page, installation, grace.email);
    await installation.sql(STALE);
    await page.goto("/account");
    await page.getByRole("link", { name: "Delete your account" }).click();
    await confirm(page);
    await expect(page).toHaveURL(/\/account\?leave=1#leave$/);
    await page.getByLabel(`Type ${grace.email}`).fill(` ${grace.email.toUpperCase()} `);
    await page.getByRole("button", { name: "Delete my account" }).click();
    await expect(page).toHaveURL(/\/login\?left=1/);
    await expect(page.getByRole("status")).toContainText("Your account is deleted.");
    await page.goto("/account");
    await expect(page).toHaveURL(/\/login/);
    const gone = await installation.sql("SELECT id, deleted_by_label FROM deleted_users");
    expect(gone).toEqual([{ id: grace.id, deleted_by_label: grace.email }]);
  });

  test("one session ends another", async ({ page, browser, installation }) => {
    const context = await browser.newContext({ baseURL: installation.baseUrl });
    const elsewhere = await context.newPage();
    await enter(elsewhere, installation);
    await expect(elsewhere).toHaveURL(/\/users$/);
    await enter(page, installation, "/account/sessions");
    await page.getByRole("button", { name: "Sign out everywhere else" }).click();
    await expect(page.getByRole("button", { name: "Sign out everywhere else" })).toHaveCount(0);
    await elsewhere.goto("/users");
    await expect(elsewhere).toHaveURL(/\/login/);
    await page.goto("/.well-known/change-password");
    await expect(page).toHaveURL(/\/account\/security#change-password$/);
    await context.close();
  });

  test("a sign-in that was not oneself is ended, and a new password ends the rest", async ({
    page,
    installation,
  }) => {
    await enter(page, installation, "/account");
    await installation.sql(UNFAMILIAR);
    await page.goto("/users");
    await expect(review(page)).toContainText(
      "New sign-in to your account from 203.0.113.77, Firefox on Linux",
    );
    await review(page).getByRole("button", { name: "It was not me" }).click();
    await expect(page).toHaveURL(/\/account\/security\?disowned=1#change-password$/);
    await expect(page.getByRole("status")).toContainText("That sign-in is ended");
    await expect(review(page)).toHaveCount(0);
    expect(await living(installation, "unfamiliar")).toBe(0);
    await page.getByLabel("Current password").fill(OWNER.password);
    await page.getByLabel("New password").fill(NEXT);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Your password is changed")).toBeVisible();
    await expect(review(page)).toHaveCount(0);
    expect(await living(installation, "true")).toBe(1);
    const trail = await installation.sql(
      "SELECT action FROM audit_events WHERE action IN ('session.disowned', 'user.passwordChanged') ORDER BY id",
    );
    expect(trail.map(({ action }) => action)).toEqual(["session.disowned", "user.passwordChanged"]);
  });

  test("name and address are changed, the address after the password", async ({
    page,
    installation,
  }) => {
    await admit(page, installation);
    await installation.sql(STALE);
    await page.goto("/account");
    const profile = page.getByRole("region", { name: "Profile" });
    await expect(profile.getByLabel("E-mail address")).toHaveCount(0);
    await profile.getByLabel("Name").fill("Ada Lovelace");
    await profile.getByRole("button", { name: "Save profile" }).click();
    await expect(page.getByText("Your profile is saved")).toBeVisible();
    await expect(profile.getByLabel("Name")).toHaveValue("Ada Lovelace");

    await profile.getByRole("link", { name: "confirm first that it is you" }).click();
    await confirm(page);
    await expect(page).toHaveURL(/\/account#profile$/);
    await profile.getByLabel("E-mail address").fill("Lovelace@Example.com");
    await profile.getByRole("button", { name: "Save profile" }).click();
    await expect(page.getByText("Your profile is saved")).toBeVisible();
    await expect(profile.getByLabel("E-mail address")).toHaveValue("lovelace@example.com");
  });
});

test("one's own data is downloaded, and the last administrator cannot leave", async ({
  page,
  installation,
}) => {
  await enter(page, installation, "/account");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download your data" }).click(),
  ]);
  const data = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(data).toMatchObject({ profile: { email: OWNER.email }, tokens: [] });

  const leaving = page.getByRole("region", { name: "Leave" });
  await leaving.getByText("Delete your account").click();
  const button = leaving.getByRole("button", { name: "Delete my account" });
  await leaving.getByLabel(`Type ${OWNER.email}`).fill("somebody@example.com");
  await button.click();
  await expect(leaving.getByText("That is not the address of this account.")).toBeVisible();
  await leaving.getByLabel(`Type ${OWNER.email}`).fill(OWNER.email);
  await button.click();
  await expect(leaving.getByRole("alert")).toContainText("You are the last active administrator");
  await expectNoViolations(page);
  await page.goto("/account/activity");
  await expect(page.locator("main ol > li").first()).toContainText("downloaded their own data");
});

const STALE = "UPDATE sessions SET confirmed_at = now() - interval '16 minutes'";
/** A sign-in to the owner's account from where it had not been used before. */
const UNFAMILIAR = `
  INSERT INTO sessions (user_id, door, address, user_agent, expires_at, unfamiliar)
  SELECT id, 'browser', '203.0.113.77', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    now() + interval '1 day', true
  FROM users WHERE email = '${OWNER.email}'`;

const sections = (page: Page) => page.getByRole("navigation", { name: "Sections of your account" });
const review = (page: Page) => page.getByRole("region", { name: "Sign-ins to your account" });

async function confirm(page: Page) {
  await expect(page.getByRole("heading", { name: "Confirm that it is you" })).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Continue" }).click();
}

async function living(installation: Installation, which: string): Promise<unknown> {
  const [row] = await installation.sql(
    `SELECT count(*)::int AS count FROM sessions WHERE ended_at IS NULL AND ${which}`,
  );
  return row?.["count"];
}

/** Somebody who may do nothing but look after their own account. */
async function addPerson(installation: Installation, role = "predefined_user") {
  const person = { email: "grace@example.com", name: "Grace Hopper" };
  const [row] = await installation.sql(`
    INSERT INTO users (email, name, password_hash, role_id)
    SELECT '${person.email}', '${person.name}', password_hash, (SELECT id FROM roles WHERE slug = '${role}')
    FROM users WHERE email = '${OWNER.email}' RETURNING id`);
  return { ...person, id: String(row?.["id"]), password: OWNER.password };
}

test("mistakes in the profile are told, and an edit from elsewhere is not overwritten unseen", async ({
  page,
  installation,
}) => {
  await addPerson(installation);
  await enter(page, installation, "/account");
  const profile = page.getByRole("region", { name: "Profile" });
  const save = profile.getByRole("button", { name: "Save profile" });
  await profile.getByLabel("Name").fill("Ada Lovelace");
  await profile.getByLabel("E-mail address").fill("grace@example.com");
  await save.click();
  await expect(profile.getByRole("alert")).toContainText("E-mail address");
  await expect(page.getByText("Your profile is saved")).toHaveCount(0);
  await expect(profile.getByLabel("Name")).toHaveValue("Ada Lovelace");
  await profile.getByLabel("E-mail address").fill("countess@example.com");

  await installation.sql(
    `UPDATE users SET name = 'Ada Byron', version = version + 1 WHERE email = '${OWNER.email}'`,
  );
  await save.click();
  await expect(profile.getByRole("alert")).toContainText("The name is now “Ada Byron”");
  await expect(profile.getByLabel("Name")).toHaveValue("Ada Lovelace");
  await save.click();
  await expect(page.getByText("Your profile is saved")).toBeVisible();
  await expect(page.getByRole("button", { name: "Account of Ada Lovelace" })).toBeVisible();

  // The 15 minutes run out while somebody types.
  await profile.getByLabel("E-mail address").fill("ada@example.org");
  await installation.sql(STALE);
  await save.click();
  const tab = page.waitForEvent("popup");
  await profile.getByRole("link", { name: "Confirm that it is you" }).click();
  const other = await tab;
  await confirm(other);
  await expect(other.getByRole("heading", { name: "Confirmed" })).toBeVisible();
  await other.close();
  await expect(profile.getByLabel("E-mail address")).toHaveValue("ada@example.org");
  await save.click();
  await expect(page.getByText("Your profile is saved")).toBeVisible();
  await expect(profile.getByRole("alert")).toHaveCount(0);
  const [row] = await installation.sql("SELECT email FROM users WHERE name = 'Ada Lovelace'");
  expect(row).toEqual({ email: "ada@example.org" });
});

test("an unfamiliar sign-in is asked about until it is answered, on any page, not by itself", async ({
  page,
  browser,
  installation,
}) => {
  await enter(page, installation, "/account");
  await expect(review(page)).toHaveCount(0);
  await installation.sql(UNFAMILIAR);
  // Somebody else's is none of one's business.
  const grace = await addPerson(installation);
  await installation.sql(UNFAMILIAR.replace(OWNER.email, grace.email));

  const context = await browser.newContext({ baseURL: installation.baseUrl });
  const stranger = await context.newPage();
  await signIn(stranger, OWNER);
  await expect(stranger).toHaveURL(HOME);
  await installation.sql(
    "UPDATE sessions SET ended_at = now(), address = '198.51.100.5' WHERE address = '203.0.113.77'",
  );
  await installation.sql(
    "UPDATE sessions SET unfamiliar = true, address = '192.0.2.4' WHERE id = (SELECT id FROM sessions ORDER BY created_at DESC LIMIT 1)",
  );
  await page.goto("/roles");
  await expect(review(page).getByRole("listitem")).toHaveCount(2);
  await stranger.goto("/account");
  await expect(review(stranger)).not.toContainText("192.0.2.4");

  const asked = review(page).getByRole("listitem").filter({ hasText: "192.0.2.4" });
  await asked.getByRole("button", { name: "It was me" }).click();
  await expect(review(page).getByRole("listitem")).toHaveCount(1);
  await expect(review(page)).toContainText("198.51.100.5");
  await stranger.goto("/users");
  await expect(stranger).toHaveURL(/\/users$/);
  await context.close();
  const [row] = await installation.sql(
    "SELECT count(*)::int AS count FROM sessions WHERE recognized_at IS NOT NULL",
  );
  expect(row).toEqual({ count: 1 });

  await review(page).getByRole("button", { name: "It was not me" }).click();
  await expect(page.getByRole("status")).toContainText("That sign-in is ended");
  await expect(review(page)).toHaveCount(0);
});

test("a block since the last sign-in is told, and stands in one's activity", async ({
  page,
  installation,
}) => {
  // By the form: a sign-in after a written session would be unfamiliar, and asked about.
  await signIn(page, OWNER);
  await expect(page).toHaveURL(HOME);
  await installation.sql(`
    INSERT INTO audit_events (action, actor_label, target_type, target_id, target_label, address)
    SELECT 'session.blocked', 'sign-in limit', 'user', id, email, '203.0.113.9' FROM users`);
  await page.goto("/users");
  await expect(review(page)).toContainText("signing in to your account was blocked");
  await review(page).getByRole("link", { name: "your activity" }).click();
  await expect(page).toHaveURL(/\/account\/activity$/);
  const activity = page.getByRole("region", { name: "Your activity" });
  await expect(activity).toContainText("was blocked for a while after many wrong passwords");
  await expect(activity).toContainText("203.0.113.9");

  // Twice in since: it has been seen.
  for (const _ of [1, 2]) {
    await page.context().clearCookies();
    await signIn(page, OWNER);
    await expect(page).toHaveURL(HOME);
  }
  await expect(review(page)).toHaveCount(0);
});

test("a plain user sees their own activity, page by page, and no way to the trail", async ({
  page,
  installation,
}) => {
  const grace = await addPerson(installation);
  await installation.sql(`
    INSERT INTO audit_events (action, actor_id, actor_label, target_type, target_id, target_label, address, details)
    SELECT 'user.updated', id, email, 'user', id, email, '10.9.8.7', '{"name":{"from":"a","to":"b"}}'
    FROM users, generate_series(1, 60) WHERE email = '${grace.email}'`);
  await installation.sql(`
    INSERT INTO audit_events (action, actor_id, actor_label, target_type, target_id, target_label, address)
    SELECT 'user.updated', o.id, o.email, 'user', g.id, g.email, '10.1.1.1'
    FROM users o, users g WHERE o.email = '${OWNER.email}' AND g.email = '${grace.email}'`);
  await signIn(page, grace);
  await expect(page).toHaveURL(/\/account$/);
  await sections(page).getByRole("link", { name: "Activity" }).click();
  await expect(page).toHaveURL(/\/account\/activity$/);
  const events = page.locator("main ol > li");
  await expect(events).toHaveCount(50);
  const byOwner = events.filter({ hasText: OWNER.email });
  await byOwner.locator("summary").click();
  await expect(byOwner).not.toContainText("10.1.1.1");
  await expect(byOwner).not.toContainText("the server itself");
  await expectNoViolations(page);
  await page.getByRole("link", { name: "Older" }).click();
  await expect(events).toHaveCount(12);
  await expect(page.locator('a[href^="/audit"]')).toHaveCount(0);
  await page.goto("/account/activity?cursor=nonsense");
  await page.getByRole("link", { name: "Go to the newest events" }).click();
  await expect(events).toHaveCount(50);
});

test("what touches an administrator leads to the password and back", async ({
  page,
  installation,
}) => {
  const grace = await addPerson(installation);
  await enter(page, installation, `/users/${grace.id}`);
  await installation.sql(STALE);
  const access = page.getByRole("region", { name: "Access" });
  await access.getByLabel("Role").selectOption({ label: "Administrator" });
  await access.getByRole("button", { name: "Change role" }).click();
  await confirm(page);
  await expect(page).toHaveURL(new RegExp(`/users/${grace.id}$`));
  await access.getByLabel("Role").selectOption({ label: "Administrator" });
  await access.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText("Grace Hopper is now Administrator")).toBeVisible();

  // Of many, before anything is asked; the filter is kept.
  await installation.sql(STALE);
  await page.goto("/users?search=grace");
  await page.locator("tbody tr").getByRole("checkbox").check();
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await confirm(page);
  await expect(page).toHaveURL(/\/users\?search=grace$/);

  // A form keeps what was typed.
  await page.goto("/users/invite");
  await installation.sql(STALE);
  await page.getByLabel("E-mail address").fill("linus@example.com");
  await page.getByLabel("Role").selectOption({ label: "Administrator" });
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const tab = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Confirm that it is you" }).click();
  await confirm(await tab);
  await expect((await tab).getByRole("heading", { name: "Confirmed" })).toBeVisible();
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByText("linus@example.com is invited")).toBeVisible();

  // So does the page of one's own account.
  await installation.sql(STALE);
  await page.goto("/account/tokens");
  const tokens = page.getByRole("region", { name: "API tokens" });
  await tokens.getByRole("link", { name: "Make a token" }).click();
  await confirm(page);
  await expect(page).toHaveURL(/\/account\/tokens\?new=1$/);
  await tokens.getByLabel("Name").fill("Nightly backup");
  await tokens.getByRole("button", { name: "Make token" }).click();
  await expect(tokens.getByText("Copy the token now")).toBeVisible();
});
