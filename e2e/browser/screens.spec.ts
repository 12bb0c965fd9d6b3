import path from "node:path";
import type { Page } from "playwright/test";
import { apiToken } from "../support/claimed";
import { test as claimedTest, enter, expect, HOME, OWNER, unclaimedTest as test } from "./fixtures";

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

/** A team that has used it for a while, with the sign-ins of a month: fewer at weekends, and one attack. */
const MONTH = `
  INSERT INTO roles (slug, name, policies, second_factor_grace_days, second_factor_required_since) VALUES
    ('support', 'Support', '[{"action":"read","subject":"User"},
      {"action":["resetPassword","endSessions","removeFactor"],"subject":"User"}]', 14, now() - interval '20 days'),
    ('auditor', 'Auditor', '[{"action":"read","subject":["User","Role","AuditEvent"]}]', NULL, NULL);
  INSERT INTO users (email, name, status, password_hash, role_id, created_at, last_login_at)
  SELECT lower(given || '.' || family) || '@example.com', given || ' ' || family, status::user_status,
    CASE WHEN status <> 'invited' THEN (SELECT password_hash FROM users LIMIT 1) END,
    (SELECT id FROM roles WHERE slug = CASE WHEN n = 2 THEN 'predefined_super_admin' WHEN n % 9 = 4 THEN 'support'
      WHEN n % 16 = 7 THEN 'auditor' ELSE 'predefined_user' END),
    now() - n * interval '21 hours',
    CASE WHEN status = 'active' AND n % 5 > 0 THEN now() - (n * 31 % 90) * interval '3 hours' END
  FROM (SELECT n, CASE WHEN n IN (1, 5, 6, 14) THEN 'invited' WHEN n % 13 = 11 THEN 'disabled' ELSE 'active' END AS status,
      (ARRAY['Grace','Katherine','Alan','Radia','Dennis','Barbara','Edsger','Frances','Ken','Margaret','Donald','Hedy',
        'Linus','Annie','John'])[1 + n % 15] AS given,
      (ARRAY['Moreau','Lindqvist','Okafor','Tanaka','Silva','Novak','Haddad','Weber','Rossi','Kowalski','Murphy'])
        [1 + n % 11] AS family
    FROM generate_series(1, 84) AS n) AS people;
  UPDATE users SET created_at = now() - interval '80 days' WHERE email = '${OWNER.email}';
  INSERT INTO passkeys (id, user_id, name, public_key)
  SELECT email, id, 'Laptop', '' FROM users
  WHERE role_id IN (SELECT id FROM roles WHERE slug IN ('support', 'predefined_super_admin'))
    AND email <> 'katherine.weber@example.com' OR email < 'd';
  INSERT INTO user_links (user_id, purpose, digest, created_by_id, created_by_label, expires_at)
  SELECT id, 'invitation', rpad(email, 64, 'x'), id, '${OWNER.email}', now() + interval '1 day' FROM users
  WHERE status = 'invited' ORDER BY email LIMIT 2;
  INSERT INTO day_counts (day, what, count)
  SELECT day, what, CASE what WHEN 'session.started' THEN started WHEN 'signIn.invalidCredentials' THEN 1 + started / 12
      + CASE WHEN back = 4 THEN 31 ELSE 0 END ELSE 1 END
  FROM (SELECT (now() AT TIME ZONE 'UTC')::date - back AS day, back,
      (CASE WHEN extract(isodow FROM (now() AT TIME ZONE 'UTC')::date - back) > 5 THEN 9 ELSE 34 END + back * 7 % 11 + (30 - back) / 2)
        AS started
    FROM generate_series(0, 29) AS back) AS days,
    (VALUES ('session.started'), ('signIn.invalidCredentials'), ('session.blocked')) AS counts (what)
  WHERE what <> 'session.blocked' OR back = 4
  ON CONFLICT (day, what) DO UPDATE SET count = EXCLUDED.count`;

const IMPORTED = `email,name,role
mae.jemison@example.com,Mae Jemison,predefined_user
chien.wu@example.com,Chien-Shiung Wu,predefined_user
lise.meitner@example.com,Lise Meitner,support
emmy.noether@example.com,Emmy Noether,predefined_user
rosalind.franklin@example.com,Rosalind Franklin,auditor
`;

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

const LOOKS = {
  light: { viewport: { width: 1280, height: 860 }, colorScheme: "light", locale: "en-GB" },
  dark: { viewport: { width: 1280, height: 860 }, colorScheme: "dark", locale: "en-GB" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", locale: "es-ES" },
  narrow: { viewport: { width: 320, height: 640 }, colorScheme: "dark", locale: "en-GB" },
} as const;

/** Takes the pictures of one test, numbered in their order, when what moves has come to rest. */
function lookAt(page: Page, series: string) {
  let count = 0;
  return async (name: string, fullPage = true) => {
    count += 1;
    await page.waitForTimeout(500);
    const file = `${series}-${String(count).padStart(2, "0")}-${name}.png`;
    const folder = test.info().titlePath[1] ?? "";
    await page.screenshot({ path: path.join("e2e/screens", folder, file), fullPage });
  };
}

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
      await page.goto("/forgotten");
      await look("forgotten-without-mail");
      await page.goto("/login");
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
      const look = lookAt(page, "admin");
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
      for (const section of ["security", "sessions", "tokens?new=1"]) {
        await page.goto(`/account/${section}`);
        await look(`account-${section.replace("?new=1", "")}`);
      }
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

    test.describe("with a mail server", () => {
      test.use({
        installationEnv: {
          FIRST_ADMIN_EMAIL: OWNER.email,
          FIRST_ADMIN_PASSWORD: OWNER.password,
          SMTP_URL: "smtp://localhost:1",
          MAIL_FROM: "latchkey@example.com",
        },
      });

      test("a forgotten password", async ({ page }) => {
        const look = lookAt(page, "mail");
        await page.goto("/login");
        await look("login");
        await page.goto("/forgotten");
        await look("forgotten");
        await page.locator("#email").fill(OWNER.email);
        await page.locator("form:has(#email) button[type=submit]").click();
        await expect(page.getByRole("status").first()).toBeVisible();
        await look("forgotten-asked");
      });
    });

    claimedTest("every screen of a month later", async ({ page, installation }) => {
      test.setTimeout(240_000);
      const look = lookAt(page, "month");
      const { baseUrl } = installation;
      const authorization = `Bearer ${await apiToken(installation)}`;
      const api = async (path: string, body: unknown, type = "application/json") => {
        const response = await fetch(baseUrl + path, {
          method: "POST",
          headers: { "content-type": type, authorization },
          body: typeof body === "string" ? body : JSON.stringify(body),
        });
        expect(response.ok, `${path}: ${response.status}`).toBe(true);
        const { id } = (await response.json()) as { id: string };
        return id;
      };
      const endOf = async (job: string) => {
        const open = `SELECT 1 FROM jobs WHERE id = '${job}' AND finished_at IS NULL`;
        await expect.poll(async () => (await installation.sql(open)).length).toBe(0);
        return job;
      };
      await installation.sql(MONTH);
      await enter(page, installation);
      await look("users", false);
      const draft = await api("/v1/users/import?name=starters.csv", IMPORTED, "text/csv");
      await page.goto(`/jobs/${draft}`);
      await look("import-checked");
      const started = await api(`/v1/jobs/${draft}/start`, {});
      await page.goto(`/jobs/${await endOf(started)}`);
      await look("imported");
      await page.locator("section[aria-labelledby=links] button").click();
      await expect(page.locator("section[aria-labelledby=links] button")).toHaveText(/again|otra/i);
      await look("links-made");

      const leavers = await installation.sql(
        `SELECT id FROM users WHERE status = 'active' AND email <> '${OWNER.email}' ORDER BY created_at LIMIT 5`,
      );
      const ids = leavers.map(({ id }) => id);
      const left = { action: "disable", reason: "Left the company", ids };
      await endOf(await api("/v1/users/bulk", left));
      const [support] = await installation.sql(
        `SELECT u.id FROM users u JOIN roles r ON r.id = u.role_id JOIN passkeys p ON p.user_id = u.id
         WHERE slug = 'support' AND status = 'active' ORDER BY u.name LIMIT 1`,
      );
      await api(`/v1/users/${support?.["id"]}/password-reset`, {});
      await page.goto("/");
      await look("home-steps");
      await page.locator("section[aria-labelledby=next-steps] form button").click();
      await expect(page.locator("#next-steps")).toHaveCount(0);
      await look("home");
      await page.goto(`/users/${support?.["id"]}`);
      await look("user-with-factor");
      await page.goto("/roles");
      await look("roles");
      await page.goto("/roles/support");
      await look("role");
      await page.goto("/roles/new?from=support");
      await look("role-preset");
      await page.goto("/roles/side_by_side");
      await look("roles-side-by-side");
      await page.goto("/audit");
      await look("audit-folded");
      await page.goto("/users/join-links");
      await look("join-links");
      await page.goto("/settings");
      await look("settings");
      await page.goto("/");
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("sup");
      await expect(page.getByRole("option").first()).toBeVisible();
      await look("palette", false);
      if (options.viewport.width < 1280) return;
      await page.setViewportSize({ width: 1440, height: 860 });
      await page.goto("/users");
      await page.locator("[data-row-link]").first().focus();
      await page.keyboard.press("p");
      await look("users-peek", false);
    });
  });
}
