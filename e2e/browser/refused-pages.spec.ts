import type { Page } from "playwright/test";
import { storeUsers } from "../support/store-users";
import { admit, enter, expect, expectNoViolations, inLook, LOOKS, test } from "./fixtures";

const NOBODY = "00000000-0000-4000-8000-000000000000";

async function expectInside(page: Page): Promise<void> {
  await expect(page.getByRole("main")).toHaveCount(1);
  await expect(page.getByRole("banner")).toHaveCount(1);
  await expect(page.getByRole("main").getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: /^(Account of|Cuenta de)/ })).toBeVisible();
}

for (const look of LOOKS) {
  test.describe(look.join(", "), () => {
    test.use(inLook(look));

    test("nothing here, no such user and no access stand inside the administration", async ({
      page,
      installation,
    }) => {
      await enter(page, installation, "/nothing-here");
      for (const path of [
        "/nothing-here",
        `/users/${NOBODY}`,
        "/roles/no-such-role",
        `/jobs/${NOBODY}`,
      ]) {
        const answer = await page.goto(path);
        expect(answer?.status(), path).toBe(404);
        await expectInside(page);
        await expectNoViolations(page, path);
      }
      await storeUsers(installation, "person", 1);
      await admit(page, installation, "person-1@example.com");
      const answer = await page.goto("/users");
      expect(answer?.status()).toBe(403);
      await expectInside(page);
      await expectNoViolations(page, "no access");
    });
  });
}

test("a link to what is gone leads to the page that says so", async ({ page, installation }) => {
  await storeUsers(installation, "person", 1);
  await enter(page, installation);
  const link = page.getByRole("link", { name: "person 1", exact: true });
  await expect(link).toBeVisible();
  await installation.sql("DELETE FROM users WHERE email = 'person-1@example.com'");
  await link.click();
  await expect(page.getByRole("heading", { name: "There is no such user" })).toBeVisible();
  await expectInside(page);
});

test("no access offers one's own account, and signing out", async ({ page, installation }) => {
  await storeUsers(installation, "person", 1);
  await enter(page, installation, "/audit", "person-1@example.com");
  const main = page.getByRole("main");
  await main.getByRole("link", { name: "Your account" }).click();
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
  await page.goto("/audit");
  await main.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a page that has nothing to show is not blank", async ({ page, installation }) => {
    for (const [path, words] of [
      ["/nothing-here", "There is nothing at this address"],
      ["/setup", "Already set up"],
    ] as const) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(404);
      await expect(page.getByRole("heading", { name: words })).toBeVisible();
      await expect(page.getByRole("main")).toHaveCount(1);
    }
    await admit(page, installation);
    await page.goto(`/users/${NOBODY}`);
    await expect(page.getByRole("heading", { name: "There is no such user" })).toBeVisible();
    await expect(page.getByRole("main")).toHaveCount(1);
    await storeUsers(installation, "person", 1);
    await admit(page, installation, "person-1@example.com");
    await page.goto("/users");
    await expect(page.getByRole("heading", { name: "No access" })).toBeVisible();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/login/);
  });
});
