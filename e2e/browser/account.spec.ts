import { claimByApi, expect, OWNER, signIn, test } from "./fixtures";

const NEXT = "an even longer passphrase";

test("a new password needs the current one and ends every other session", async ({
  page,
  browser,
  installation,
}) => {
  await claimByApi(installation);
  const context = await browser.newContext({ baseURL: installation.baseUrl });
  const elsewhere = await context.newPage();
  await signIn(elsewhere, OWNER);
  await expect(elsewhere).toHaveURL(/\/users$/);

  await signIn(page, OWNER);
  await expect(page).toHaveURL(/\/users$/);
  await page.getByRole("button", { name: /Account of/ }).click();
  await page.getByRole("link", { name: "Your account" }).click();
  await expect(page.getByText("This one")).toBeVisible();

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
  await expect(elsewhere).toHaveURL(/\/users$/);
  await context.close();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("one session ends another", async ({ page, browser, installation }) => {
    await claimByApi(installation);
    const context = await browser.newContext({ baseURL: installation.baseUrl });
    const elsewhere = await context.newPage();
    await signIn(elsewhere, OWNER);
    await expect(elsewhere).toHaveURL(/\/users$/);
    await signIn(page, OWNER);
    await page.goto("/account");
    await page.getByRole("button", { name: "Sign out everywhere else" }).click();
    await expect(page.getByRole("button", { name: "Sign out everywhere else" })).toHaveCount(0);
    await elsewhere.goto("/users");
    await expect(elsewhere).toHaveURL(/\/login/);
    await page.goto("/.well-known/change-password");
    await expect(page).toHaveURL(/\/account$/);
    await context.close();
  });
});
