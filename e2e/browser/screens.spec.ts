import path from "node:path";
import { expect, HOME, OWNER, unclaimedTest as test } from "./fixtures";

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

const MORE_PEOPLE = `
  INSERT INTO users (email, name, status, password_hash, role_id, created_at, last_login_at)
  SELECT 'person' || n || '@example.com', (ARRAY['Chidi Anagonye','Eleanor Shellstrop','محمد علی','李小龍','Tahani Al-Jamil'])[1 + n % 5],
    'active', (SELECT password_hash FROM users LIMIT 1), (SELECT id FROM roles WHERE slug = 'predefined_user'),
    now() - n * interval '3 days', CASE WHEN n % 3 > 0 THEN now() - n * interval '7 hours' END
  FROM generate_series(1, 18) AS n`;

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

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
      // One look at an address that is not the one configured; it would stand on all pictures.
      ...(look === "narrow" && { installationEnv: { BASE_URL: "http://latchkey.internal:3000" } }),
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
      await settle();
      await look("setup-token-wrong");
      await page.locator("#setupToken").fill(await installation.setupToken());
      await submit.click();
      await expect(page.locator("#password")).toBeVisible();
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
      await expect(page).toHaveURL(/\/setup\/done$/);
      await settle();
      await look("setup-done");
      await page.locator("#protect ~ ul form button").click();
      await expect(page.locator("#code")).toBeVisible();
      await settle();
      await look("setup-protect");

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
      await installation.sql(PEOPLE);
      await page.locator("#email").fill("soren@example.com");
      await page.locator("#password").fill(OWNER.password);
      await submit.click();
      await settle();
      await page.goto("/users");
      await look("no-access");
    });

    test("every screen of the administration", async ({ page, installation }) => {
      test.setTimeout(240_000);
      let count = 0;
      const look = async (name: string, fullPage = true) => {
        count += 1;
        await page.waitForTimeout(500);
        const file = `admin-${String(count).padStart(2, "0")}-${name}.png`;
        const folder = test.info().titlePath[1] ?? "";
        await page.screenshot({ path: path.join("e2e/screens", folder, file), fullPage });
      };
      const token = await installation.setupToken();
      const claimed = await fetch(`${installation.baseUrl}/v1/auth/setup`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-setup-token": token },
        body: JSON.stringify({ ...OWNER, first_name: "Ada", last_name: "Owner" }),
      });
      const { accessToken } = (await claimed.json()) as { accessToken: string };
      const api = (path: string, body: unknown, type = "application/json") =>
        fetch(`${installation.baseUrl}${path}`, {
          method: "POST",
          headers: { "content-type": type, authorization: `Bearer ${accessToken}` },
          body: typeof body === "string" ? body : JSON.stringify(body),
        });
      await page.goto("/login");
      await page.locator("#email").fill(OWNER.email);
      await page.locator("#password").fill(OWNER.password);
      await page.locator("form:has(#password) button[type=submit]").click();
      await expect(page).toHaveURL(HOME);
      await look("home-fresh");
      await page.goto("/users");
      await look("users-only-you");
      await installation.sql(PEOPLE);
      await installation.sql(MORE_PEOPLE);
      await page.goto("/");
      await look("home");
      await page.goto("/users");
      await look("users");
      await page.locator("tbody tr").nth(1).getByRole("checkbox").check();
      await page.locator("tbody tr").nth(2).getByRole("checkbox").check();
      await look("users-selected", false);
      await page.getByRole("button", { name: /^(Disable|Desactivar)$/ }).click();
      await look("bulk-preview", false);
      await page.keyboard.press("Escape");
      await page.goto("/users?search=nobody&status=disabled");
      await look("users-nobody");
      await page.goto("/users?sort=broken");
      await look("users-bad-filter");
      const [person] = await installation.sql(
        "SELECT id FROM users WHERE email = 'grace@example.com'",
      );
      await page.goto(`/users/${person?.["id"]}`);
      await look("user");
      await page.goto("/users/invite");
      await look("invite");
      await page.goto("/users/import");
      await look("import");
      await page.locator("input[type=file]").setInputFiles({
        name: "people.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(
          "Kontakt;Name;Passwort;Abteilung\nada@example.com;Ada Byron;geheim;Analytik\n",
        ),
      });
      await expect(page.locator("table[aria-labelledby=mapping]")).toBeVisible();
      await look("import-columns");
      const file = `email,name,role\nnew@example.com,New Person,predefined_user\nbroken,,\ngrace@example.com,Grace,\nx@example.com,X,nobody\nnew@example.com,Again,\n`;
      const draft = await api("/v1/users/import?name=people.csv", file, "text/csv");
      const { id } = (await draft.json()) as { id: string };
      await page.goto(`/jobs/${id}`);
      await look("import-errors");
      await page.goto("/roles");
      await look("roles");
      await api("/v1/roles", {
        name: "Support",
        policies: [
          {
            action: ["read", "update"],
            subject: "User",
            conditions: { "role.slug": "predefined_user" },
          },
          { action: "read", subject: "AuditEvent" },
        ],
        secondFactor: { graceDays: 14 },
      });
      await page.goto("/roles/support");
      await look("role");
      await page.goto("/roles/who");
      await look("roles-who");
      await page.goto("/roles/test");
      await look("roles-test");
      await page.goto("/audit");
      await look("audit");
      await page.goto("/users/deleted");
      await look("deleted");
      await page.goto("/account");
      await look("account");
      await page.goto("/account/activity");
      await look("activity");
      await installation.sql(`
        UPDATE sessions SET confirmed_at = now() - interval '1 hour';
        INSERT INTO sessions (user_id, door, address, user_agent, expires_at, unfamiliar, created_at)
        SELECT id, 'browser', '203.0.113.77', '${FIREFOX}', now() + interval '1 day', true, now() - interval '2 hours'
        FROM users WHERE email = '${OWNER.email}';
        INSERT INTO audit_events (action, actor_label, target_type, target_id, target_label, address)
        SELECT 'session.blocked', 'sign-in limit', 'user', id, email, '203.0.113.9'
        FROM users WHERE email = '${OWNER.email}'`);
      await page.goto("/account");
      await look("account-warned");
      await page.goto("/account/confirm?next=/account");
      await look("confirm");
      await installation.sql(`
        UPDATE sessions SET confirmed_at = now();
        UPDATE sessions SET recognized_at = now() WHERE unfamiliar`);
      await page.goto("/account/second-factor");
      await look("second-factor");
      await page.goto("/docs/api");
      await page.waitForTimeout(4_000);
      await look("api", false);
    });
  });
}
