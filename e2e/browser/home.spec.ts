import type { Installation } from "../support/installation";
import {
  enter,
  expect,
  expectFineWhenNarrow,
  expectNoViolations,
  HOME,
  inLook,
  LOOKS,
  OWNER,
  test,
  unclaimedTest,
} from "./fixtures";

/** Two weeks of an installation that somebody tries to get into. */
const WEEKS = `
  INSERT INTO roles (slug, name, policies, second_factor_grace_days, second_factor_required_since) VALUES
    ('support', 'Support', '[]', 7, now());
  INSERT INTO users (email, role_id, status, password_hash, created_at)
    SELECT n || '@example.org', (SELECT id FROM roles WHERE slug = CASE WHEN n = 1 THEN 'predefined_super_admin'
        WHEN n < 10 THEN 'support' ELSE 'predefined_user' END),
      CASE WHEN n > 37 THEN 'disabled' WHEN n > 30 THEN 'invited' ELSE 'active' END::user_status,
      CASE WHEN n <= 30 OR n > 37 THEN (SELECT password_hash FROM users LIMIT 1) END, now() - n * interval '12 hours'
    FROM generate_series(1, 40) AS n;
  INSERT INTO passkeys (id, user_id, name, public_key)
    SELECT email, id, 'x', '' FROM users WHERE email IN ('2@example.org', '3@example.org');
  INSERT INTO user_links (user_id, purpose, digest, created_by_id, created_by_label, expires_at)
    SELECT id, 'invitation', rpad(email, 64, 'x'), id, 'x', now() + interval '1 day' FROM users
    WHERE email IN ('31@example.org', '32@example.org');
  INSERT INTO day_counts (day, what, count)
    SELECT (now() AT TIME ZONE 'UTC')::date - back, what, n FROM (VALUES
      (0, 'session.started', 12), (0, 'signIn.invalidCredentials', 3), (1, 'session.started', 20),
      (1, 'signIn.invalidCredentials', 40), (1, 'signIn.rateLimited', 2), (1, 'session.blocked', 2),
      (9, 'session.started', 1000)) AS counts (back, what, n)
    ON CONFLICT (day, what) DO UPDATE SET count = EXCLUDED.count`;

/** A page of weeks, with nothing on it of what a sign-in of this test adds to today. */
async function enterAfterWeeks(page: Parameters<typeof enter>[0], installation: Installation) {
  await installation.sql(WEEKS);
  await enter(page, installation, "/");
}

test("a fresh installation is told what to do, and what will be drawn", async ({
  page,
  installation,
}) => {
  await enter(page, installation, "/");
  await expect(page).toHaveTitle(/^Home/);
  await expect(page.getByRole("navigation", { name: "Sections" }).getByRole("link")).toHaveText([
    ...["Home", "Users", "Roles", "Audit", "Settings"],
  ]);
  const steps = page.getByRole("region", { name: "What to do next" });
  await expect(steps).toContainText("0 of 4 done");
  await expect(page.getByRole("region", { name: "Needs attention" })).toHaveCount(0);
  await expect(page.getByText("Each day will be a bar here")).toBeVisible();
  await expect(page.getByText("A line will show here how your users grow")).toBeVisible();
  await expect(page.getByRole("region", { name: "Latest" })).toContainText(
    "claimed the installation",
  );

  await steps.getByRole("button", { name: /^Show how: Back up/ }).click();
  await expect(page.getByRole("dialog")).toContainText("pg_dump");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await steps.getByRole("link", { name: "Set it up" }).click();
  await expect(page).toHaveURL(/\/account\/second-factor$/);
});

test("a step is ticked when it is done; what is put away and still to do needs attention", async ({
  page,
  installation,
}) => {
  await installation.sql(`
    INSERT INTO users (email, role_id, password_hash)
    SELECT 'second@example.com', role_id, password_hash FROM users`);
  await enter(page, installation, "/");
  const steps = page.getByRole("region", { name: "What to do next" });
  await expect(steps).toContainText("1 of 4 done");
  await expect(steps.getByRole("link", { name: "Add one" })).toHaveCount(0);
  await steps.getByRole("button", { name: "Put this list away" }).click();
  await expect(steps).toHaveCount(0);
  const attention = page.getByRole("region", { name: "Needs attention" });
  await expect(attention.getByRole("listitem")).toHaveText([
    /^2 of 2 administrators have no second factor/,
  ]);
  await page.reload();
  await expect(attention.getByRole("listitem")).toHaveCount(1);
  await expect(steps).toHaveCount(0);
  await attention.getByRole("link", { name: "See who" }).click();
  await expect(page).toHaveURL(/\/roles\/predefined_super_admin$/);

  await installation.sql(
    "INSERT INTO passkeys (id, user_id, name, public_key) SELECT email, id, 'x', '' FROM users",
  );
  await page.getByRole("link", { name: "Home" }).click();
  await expect(page).toHaveURL(HOME);
  await expect(attention).toContainText("Nothing needs attention.");
});

test("each thing that needs attention leads to where something is done about it", async ({
  page,
  installation,
}) => {
  await enterAfterWeeks(page, installation);
  await page.getByRole("button", { name: "Put this list away" }).click();
  const items = page.getByRole("region", { name: "Needs attention" }).getByRole("listitem");
  await expect(items).toHaveText([
    /^Sign-ins were blocked 2 times in the last 7 days/,
    /^2 of 2 administrators have no second factor/,
    /^2 invitations run out within two days/,
  ]);
  await items.nth(0).getByRole("link").click();
  await expect(page).toHaveURL(/\/audit\?action=session\.blocked$/);
  await page.goBack();
  await items.nth(2).getByRole("link").click();
  await expect(page).toHaveURL(/\/users\/invite$/);
  await page.goBack();
  await page.getByRole("region", { name: "By status" }).getByText("Invited").click();
  await expect(page).toHaveURL(/\/users\?status=invited$/);
});

test("a plot is read by keys, by pointer and as a table", async ({ page, installation }) => {
  await enterAfterWeeks(page, installation);
  const plot = page.getByRole("region", { name: "Sign-ins" });
  const figures = plot.locator("dd");
  await expect(figures).toHaveText(["1,032", "45"]);
  const slider = plot.getByRole("slider", { name: "Sign-ins by day" });
  await slider.focus();
  await expect(figures).toHaveText(["12", "3"]);
  await page.keyboard.press("ArrowLeft");
  await expect(figures).toHaveText(["20", "42"]);
  await expect(slider).toHaveAttribute("aria-valuetext", /: 20 sign-ins, 42 refused$/);
  await page.keyboard.press("Home");
  await expect(figures).toHaveText(["0", "0"]);
  await page.keyboard.press("Tab");
  await expect(figures).toHaveText(["1,032", "45"]);

  const box = await slider.boundingBox();
  if (!box) throw new Error("it is not drawn");
  await page.mouse.move(box.x + (box.width * 28.5) / 30, box.y + 20);
  await expect(figures).toHaveText(["20", "42"]);
  await page.mouse.move(0, 0);
  await expect(figures).toHaveText(["1,032", "45"]);

  await plot.getByText("As a table").click();
  await expect(plot.getByRole("row").nth(2)).toHaveText(/20422$/);
  const growth = page.getByRole("region", { name: "Users" });
  await expect(growth.locator("dd")).toHaveText(["41"]);
  await expect(page.getByRole("region", { name: "Second factor by role" })).toContainText(
    "Required2 of 8",
  );
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("there are the drawings and their tables, and the list can be put away", async ({
    page,
    installation,
  }) => {
    await enterAfterWeeks(page, installation);
    await expect(page.getByRole("slider")).toHaveCount(0);
    await expect(page.getByRole("img", { name: /1,?032 in 30 days/ })).toBeVisible();
    await page.getByRole("region", { name: "Sign-ins" }).getByText("As a table").click();
    await expect(page.getByRole("row")).toHaveCount(31);
    await page.getByRole("button", { name: "Put this list away" }).click();
    await expect(page.getByRole("heading", { name: "Needs attention" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "What to do next" })).toHaveCount(0);
  });
});

test("who may read some users is led to them, and sees no figures", async ({
  page,
  installation,
}) => {
  await installation.sql(`
    INSERT INTO roles (slug, name, policies) VALUES ('desk', 'Desk',
      '[{"action":"read","subject":"User","conditions":{"status":"active"}}]');
    INSERT INTO users (email, name, role_id) SELECT 'desk@example.com', 'Desk', id FROM roles WHERE slug = 'desk'`);
  await enter(page, installation, "/", "desk@example.com");
  await expect(page).toHaveURL(/\/users$/);
  await expect(page.getByRole("navigation", { name: "Sections" }).getByRole("link")).toHaveText([
    "Users",
  ]);
});

for (const [colorScheme, locale] of LOOKS) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ ...inLook([colorScheme, locale]) });

    test("no accessibility violation, and room on the narrowest phone", async ({
      page,
      installation,
    }) => {
      await enter(page, installation, "/");
      await expectNoViolations(page);
      await enterAfterWeeks(page, installation);
      for (const summary of await page.locator("main summary").all()) await summary.click();
      await page.getByRole("slider").first().focus();
      await expectNoViolations(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await expectFineWhenNarrow(page);
      await page.locator("section[aria-labelledby=next-steps] form button").click();
      await expect(page.locator("#next-steps")).toHaveCount(0);
      await expectFineWhenNarrow(page);
    });
  });
}

unclaimedTest.describe("variables that hold a secret for nothing", () => {
  unclaimedTest.use({
    installationEnv: { FIRST_ADMIN_EMAIL: OWNER.email, FIRST_ADMIN_PASSWORD: OWNER.password },
  });

  unclaimedTest(
    "are told at the top of every page but this, which has them in its list",
    async ({ page, installation }) => {
      await enter(page, installation, "/");
      const attention = page.getByRole("region", { name: "Needs attention" });
      await expect(attention).toContainText("2 variables of the environment hold secrets");
      await attention.getByRole("button", { name: /^Show how/ }).click();
      await expect(page.getByRole("dialog")).toContainText("FIRST_ADMIN_PASSWORD");
      await page.keyboard.press("Escape");
      const banner = page.getByRole("status").filter({ hasText: "FIRST_ADMIN_PASSWORD" });
      await expect(banner).toHaveCount(0);
      await page.getByRole("link", { name: "Users", exact: true }).click();
      await expect(banner).toBeVisible();
      await page.getByRole("link", { name: "Home" }).click();
      await expect(page).toHaveURL(HOME);
      await expect(banner).toHaveCount(0);
    },
  );
});
