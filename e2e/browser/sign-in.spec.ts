import type { Page } from "playwright/test";
import { expect, expectNoViolations, inLook, LOOKS, OWNER, test } from "./fixtures";

const PASSWORD = { exact: true } as const;

/** A key of somebody whose Caps Lock is on or off; Playwright has none to press. */
const press = (page: Page, name: string, capsLock: boolean) =>
  page
    .getByLabel(name, PASSWORD)
    .evaluate(
      (field, modifierCapsLock) =>
        field.dispatchEvent(
          new KeyboardEvent("keydown", { key: "A", bubbles: true, modifierCapsLock }),
        ),
      capsLock,
    );

test("the first field has the focus, but not in front of what was refused", async ({ page }) => {
  await page.goto("/login");
  await expect(page.getByLabel("E-mail address")).toBeFocused();
  await page.keyboard.type(OWNER.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").first()).toBeFocused();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the first field has the focus there, too", async ({ page }) => {
    await page.goto("/login");
    await expect(page.getByLabel("E-mail address")).toBeFocused();
  });
});

test("Caps Lock is told while a password is typed", async ({ page }) => {
  await page.goto("/login");
  const said = page.getByText("Caps Lock is on.");
  await press(page, "Password", true);
  await expect(said).toBeVisible();
  await press(page, "Password", false);
  await expect(said).toBeHidden();
  await press(page, "Password", true);
  await page.getByLabel("Password", PASSWORD).focus();
  await page.getByLabel("E-mail address").focus();
  await expect(said).toBeHidden();
});

for (const look of LOOKS) {
  test.describe(look.join(", "), () => {
    test.use(inLook(look, 320));

    test("who has to wait sees for how long, and the button comes back by itself", async ({
      page,
      installation,
    }) => {
      await page.clock.install();
      await page.goto("/login");
      const button = page.locator("form:has(#password) button[type=submit]");
      const label = button.locator(".button-words > :first-child");
      const before = (await label.textContent()) ?? "";
      const signIn = async (password: string) => {
        await page.locator("#email").fill(OWNER.email);
        await page.locator("#password").fill(password);
        await button.click();
      };
      for (let guess = 1; guess <= 11; guess++) {
        const answer = page.waitForResponse((response) => response.request().method() === "POST");
        await signIn(`wrong ${guess}`);
        await answer;
        await expect(page.getByRole("alert").first()).toBeFocused();
        if ((await button.getAttribute("aria-disabled")) !== null) break;
      }
      await expect(label).toHaveText(/ [1-5]:[0-5][0-9]/);
      await expect(button).toHaveAttribute("aria-disabled", "true");
      await expectNoViolations(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(320);

      // Pressed meanwhile it sends nothing.
      let sent = 0;
      page.on("request", (request) => {
        if (request.method() === "POST") sent += 1;
      });
      await page.locator("#password").press("Enter");
      await button.click({ force: true });
      expect(sent).toBe(0);

      await page.clock.runFor("05:01");
      await expect(button).not.toHaveAttribute("aria-disabled", "true");
      await expect(label).toHaveText(before);
      await expect(page.getByRole("alert").first()).toHaveText(/You can try again now|Ya puede/);
      await installation.sql("DELETE FROM rate_limits");
      await signIn(OWNER.password);
      await expect(page).not.toHaveURL(/\/login/);
    });
  });
}

test("another address does not have to wait for this one", async ({ page }) => {
  await page.clock.install();
  await page.goto("/login");
  const button = page.locator("form:has(#password) button[type=submit]");
  for (let guess = 1; guess <= 11; guess++) {
    await page.locator("#email").fill(OWNER.email);
    await page.locator("#password").fill("wrong");
    const answer = page.waitForResponse((response) => response.request().method() === "POST");
    await button.click();
    await answer;
    await expect(page.getByRole("alert").first()).toBeFocused();
    if ((await button.getAttribute("aria-disabled")) !== null) break;
  }
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await page.locator("#email").fill("grace@example.com");
  await expect(button).not.toHaveAttribute("aria-disabled", "true");
});
