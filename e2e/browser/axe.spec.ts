import {
  enter,
  expect,
  expectNoViolations,
  HOME,
  inLook,
  LOOKS,
  OWNER,
  test,
  unclaimedTest,
} from "./fixtures";

/** Somebody was at the door, and the owner has not typed a password for long. */
const SIGN_INS = `
  UPDATE sessions SET confirmed_at = now() - interval '1 hour';
  INSERT INTO sessions (user_id, door, address, expires_at, unfamiliar)
  SELECT id, 'browser', '203.0.113.77', now() + interval '1 day', true FROM users;
  INSERT INTO audit_events (action, actor_label, target_type, target_id, target_label, address)
  SELECT 'session.blocked', 'sign-in limit', 'user', id, email, '203.0.113.9' FROM users`;

for (const [colorScheme, locale] of LOOKS) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use(inLook([colorScheme, locale]));
    unclaimedTest.use(inLook([colorScheme, locale]));

    unclaimedTest("no accessibility violation during the setup", async ({ page }) => {
      await page.goto("/setup");
      await expectNoViolations(page);
      await page.locator("form:has(#password) button[type=submit]").click();
      await expect(page.locator("#password")).toBeVisible();
      await expectNoViolations(page);
      await page.locator("form:has(#password) button[type=submit]").click();
      await expect(page.getByRole("alert").first()).toBeVisible();
      await expectNoViolations(page);
    });

    test("no accessibility violation on any page or state", async ({ page, installation }) => {
      await page.goto("/login");
      await expectNoViolations(page);
      await page.locator("#email").fill(OWNER.email);
      await page.locator("#password").fill("wrong");
      await page.locator("form:has(#password) button[type=submit]").click();
      await expect(page.getByRole("alert").first()).toBeVisible();
      await expectNoViolations(page);
      await page.locator("#password").fill(OWNER.password);
      await page.locator("form:has(#password) button[type=submit]").click();
      await expect(page).toHaveURL(HOME);
      await expectNoViolations(page);
      for (const path of [
        "/setup/done",
        "/users/new",
        "/welcome",
        "/settings",
        "/account",
        "/account/security",
        "/account/sessions",
        "/account/tokens?new=1",
        "/account/activity",
        "/account/second-factor",
        "/account/confirm",
        "/account/confirm?done=1",
        "/nothing-here",
        "/users?search=zzz",
      ]) {
        await page.goto(path);
        await expectNoViolations(page);
      }
      await installation.sql(SIGN_INS);
      await page.goto("/account");
      await expect(page.locator("header + section")).toBeVisible();
      await expectNoViolations(page);
    });
  });
}

test("signing in and reading the list needs no pointer", async ({ page, installation }) => {
  await enter(page, installation);
  await expect(page).toHaveURL(/\/users$/);
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveText(/Skip to the content/);
});
