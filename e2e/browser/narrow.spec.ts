import type { Page } from "playwright/test";
import { pathsOf } from "../access/there-is";
import { clippedControls } from "./clipped-texts";
import { fillPages } from "./fill-pages";
import { enter, expect, inLook, OWNER, test, unclaimedTest } from "./fixtures";

/** Spanish needs more room than English, and 320 pixels are what a page has when it is enlarged four times (WCAG 1.4.10). */
const NARROW = inLook(["light", "es"], 320);

async function expectRoom(page: Page, where: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(width, `${where} is wider than the window`).toBeLessThanOrEqual(320);
  expect.soft(await clippedControls(page), `${where} cuts off`).toEqual([]);
}

test.describe("every page in Spanish at 320 pixels", () => {
  test.use(NARROW);

  test("fits, and cuts off nothing that is pressed", async ({ page, installation }) => {
    await page.goto("/login");
    await expectRoom(page, "/login");
    await page.goto("/join");
    await expectRoom(page, "/join");

    const filled = await fillPages(
      installation,
      "wolfeschlegelsteinhausenbergerdorff",
      "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    );
    await enter(page, installation, "/users");
    for (const { path } of pathsOf("page.tsx")) {
      if (path === "/setup" || path === "/login") continue;
      await page.goto(filled(path));
      await expectRoom(page, path);
    }
    for (const path of [
      "/nada",
      "/roles/predefined_super_admin",
      "/users?search=nadie&status=disabled",
    ]) {
      await page.goto(path);
      await expectRoom(page, path);
    }
    await page.goto("/users");
    await page.getByRole("checkbox").nth(1).check();
    await expectRoom(page, "/users with a selection");
  });
});

unclaimedTest.describe("the wizard in Spanish at 320 pixels", () => {
  unclaimedTest.use({
    ...NARROW,
    // From elsewhere, so that there is the step of the setup token.
    extraHTTPHeaders: { "x-forwarded-for": "203.0.113.7" },
  });

  unclaimedTest("fits at each step", async ({ page, installation }) => {
    await page.goto("/setup");
    await expectRoom(page, "checks");
    const go = page.getByRole("button", { name: "Continuar" });
    await go.click();
    await expect(page.locator("#setupToken")).toBeVisible();
    await expectRoom(page, "token");
    await page.locator("#setupToken").fill(await installation.setupToken());
    await go.click();
    await expect(page.locator("#password")).toBeVisible();
    await expectRoom(page, "administrator");
    await page.locator("#name").fill(OWNER.name);
    await page.locator("#email").fill(OWNER.email);
    await page.locator("#password").fill(OWNER.password);
    await page.getByRole("button", { name: "Crear administrador" }).click();
    await expect(page).toHaveURL(/\/setup\/done$/);
    await expectRoom(page, "done");
  });
});
