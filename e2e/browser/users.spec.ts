import { enter, expect, OWNER, signIn, test } from "./fixtures";

const BOB = { name: "Bob Builder", email: "bob@example.com", password: "another long passphrase" };

test.beforeEach(async ({ page, installation }) => {
  await enter(page, installation);
  await expect(page.getByRole("heading", { name: "Users" })).toBeVisible();
});

async function createBob(page: import("playwright/test").Page) {
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Create with a password" }).click();
  await expect(page.getByRole("heading", { name: "Create a user" })).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill(BOB.name);
  await page.getByLabel("E-mail address").fill(BOB.email);
  await page.getByLabel("Password", { exact: true }).fill(BOB.password);
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByRole("row", { name: /bob@example.com/ })).toBeVisible();
}

test("create, find, promote, disable, undo", async ({ page, installation }) => {
  await createBob(page);
  await page.getByRole("searchbox").fill("builder");
  await expect(page).toHaveURL(/search=builder/);
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("searchbox").fill("nobody like this");
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await page.goto("/users");

  const row = page.getByRole("row", { name: /bob@example.com/ });
  await row.getByRole("button", { name: /Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  await expect(page.getByRole("dialog")).toContainText("bob@example.com");
  await page.getByRole("button", { name: "Disable Bob Builder" }).click();
  await expect(row.getByRole("cell", { name: "Disabled" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row.getByRole("cell", { name: "Active" })).toBeVisible();
  expect(
    await installation.sql(
      "SELECT count(*)::int AS n FROM audit_events WHERE action = 'user.updated'",
    ),
  ).toEqual([{ n: 2 }]);
});

test("the last administrator stays, in words", async ({ page }) => {
  const row = page.getByRole("row", { name: /ada@example.com/ });
  await row.getByRole("button", { name: /Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  await page.getByRole("button", { name: /^Disable Ada/ }).click();
  await expect(page.getByText("is the last active administrator").first()).toBeVisible();
  await page.goto("/users");
  await expect(
    page.getByRole("row", { name: /ada@example.com/ }).getByRole("cell", { name: "Active" }),
  ).toBeVisible();
});

test("a user who is no administrator sees no access; a disabled one is out at once", async ({
  page,
  browser,
  installation,
}) => {
  await createBob(page);
  const context = await browser.newContext({ baseURL: installation.baseUrl });
  const bob = await context.newPage();
  await signIn(bob, BOB);
  await expect(bob.getByRole("heading", { name: "Your account" })).toBeVisible();
  expect((await bob.goto("/users"))?.status()).toBe(403);
  await expect(bob.getByRole("heading", { name: "No access" })).toBeVisible();
  await installation.sql("UPDATE users SET status = 'disabled' WHERE email = 'bob@example.com'");
  await bob.goto("/users");
  await expect(bob).toHaveURL(/\/login/);
  await context.close();
});

test("names are text, whatever they hold", async ({ page, installation }) => {
  await installation.sql(
    `INSERT INTO users (email, name, role_id) SELECT 'x@example.com', '<img src=x onerror=alert(1)> \u202Egnp.exe', role_id FROM users LIMIT 1`,
  );
  await page.goto("/users");
  await expect(page.getByText("<img src=x onerror=alert(1)>").first()).toBeVisible();
  await expect(page.locator("img[src=x]")).toHaveCount(0);
});

test("next leads only to this site", async ({ page }) => {
  await page.context().clearCookies();
  for (const next of [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/%0d%0aX:1",
  ]) {
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel("E-mail address").fill(OWNER.email);
    await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/^http:\/\/(localhost|127\.0\.0\.1):\d+\/(%0d%0aX:1)?$/i);
    await page.context().clearCookies();
  }
});
