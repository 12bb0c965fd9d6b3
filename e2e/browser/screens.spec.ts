import path from "node:path";
import { expect, OWNER, test } from "./fixtures";

const PEOPLE = `
  INSERT INTO users (email, name, status, password_hash, role_id, created_at)
  SELECT email, name, status::user_status, CASE WHEN status <> 'invited' THEN (SELECT password_hash FROM users LIMIT 1) END,
    (SELECT id FROM roles WHERE slug = 'predefined_user'), now() - age::interval
  FROM (VALUES
    ('grace@example.com', 'Grace Hopper', 'active', '3 hours'),
    ('bobby@example.com', '<b>Bobby</b> Tables', 'disabled', '9 days'),
    ('noname@example.com', NULL, 'invited', '5 weeks'),
    ('soren@example.com', 'Søren Ångström', 'active', '400 days'),
    ('a.very.long.address.that.goes.on.and.on@subdomain.of.a.subdomain.example.com',
      'Wolfeschlegelsteinhausenbergerdorff Maximiliana Alexandra von und zu Hohenlohe', 'active', '2 days')
  ) AS people (email, name, status, age)`;

const LOOKS = {
  light: { viewport: { width: 1280, height: 860 }, colorScheme: "light", locale: "en-GB" },
  dark: { viewport: { width: 1280, height: 860 }, colorScheme: "dark", locale: "en-GB" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", locale: "es-ES" },
  narrow: { viewport: { width: 320, height: 640 }, colorScheme: "dark", locale: "en-GB" },
} as const;

for (const [look, options] of Object.entries(LOOKS)) {
  test.describe(look, () => {
    test.use({
      ...options,
      contextOptions: { reducedMotion: "reduce" },
      // From elsewhere, so that the step of the setup token is there too.
      extraHTTPHeaders: { "x-forwarded-for": "203.0.113.7" },
      installationEnv: { BASE_URL: "http://latchkey.internal:3000" },
    });

    test("every screen and state", async ({ page, installation }) => {
      test.setTimeout(120_000);
      let count = 0;
      const look = async (name: string) => {
        count += 1;
        const file = `${String(count).padStart(2, "0")}-${name}.png`;
        await page.screenshot({
          path: path.join("e2e/screens", test.info().titlePath[1] ?? "", file),
          fullPage: true,
        });
      };
      const submit = page.locator("form:has(#password) button[type=submit]");
      const settle = () => page.waitForTimeout(600);

      await page.goto("/setup");
      await look("setup-checks");
      await submit.click();
      await look("setup-token");
      await submit.click();
      await expect(page.getByRole("alert").first()).toBeVisible();
      await look("setup-token-missing");
      await page.locator("#setupToken").fill("a wrong token");
      await submit.click();
      await look("setup-administrator");
      await page.locator("#name").fill(OWNER.name);
      await page.locator("#email").fill("ada@");
      await page.locator("#password").fill("short");
      await submit.click();
      await settle();
      await look("setup-administrator-errors");
      await page.locator("#email").fill(OWNER.email);
      await page.locator("#password").fill(OWNER.password);
      await settle();
      await look("setup-administrator-strong");
      await submit.click();
      await expect(page.locator("#setupToken")).toBeVisible();
      await settle();
      await look("setup-token-wrong");
      await page.locator("#setupToken").fill(await installation.setupToken());
      await submit.click();
      await page.locator("#password").fill(OWNER.password);
      await submit.click();
      await expect(page).toHaveURL(/\/setup\/done$/);
      await settle();
      await look("setup-done");

      await page.goto("/users");
      await look("users-only-you");
      await installation.sql(PEOPLE);
      await page.goto("/users");
      await look("users");
      await page.locator("tbody tr button").last().click();
      await settle();
      await look("users-menu");
      await page.keyboard.press("Escape");
      await page.locator("tbody tr button").nth(1).click();
      await page.getByRole("menuitem").last().click();
      await look("users-disable");
      await page.locator("dialog button[type=submit]").click();
      await settle();
      await look("users-disabled");
      await page.locator("[popovertarget]").click();
      await settle();
      await look("users-account");
      await page.keyboard.press("Escape");
      await page.goto("/users?search=nobody");
      await look("users-nobody");
      await page.goto("/users?cursor=broken");
      await look("users-bad-address");
      await page.goto("/users/new");
      await look("users-new");
      await submit.click();
      await settle();
      await look("users-new-errors");
      await page.goto("/nothing-here");
      await look("not-found");

      await page.context().clearCookies();
      await page.goto("/setup");
      await look("setup-already");
      await page.goto("/login");
      await look("login");
      await page.locator("#email").fill(OWNER.email);
      await page.locator("#password").fill("wrong");
      await submit.click();
      await expect(page.getByRole("alert").first()).toBeVisible();
      await settle();
      await look("login-refused");
      await page.locator("#email").fill("soren@example.com");
      await page.locator("#password").fill(OWNER.password);
      await submit.click();
      await settle();
      await page.goto("/users");
      await look("no-access");
    });
  });
}
