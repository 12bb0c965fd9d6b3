import { readFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import type { Installation } from "../support/installation";
import { admit, enter, expect, expectNoViolations, inLook, LOOKS, test } from "./fixtures";

/** What people have done: the events are real ones of the database, the people need not be there. */
const EVENTS = `
  INSERT INTO audit_events (action, actor_id, actor_label, target_type, target_id, target_label, door, address, request_id, details)
  SELECT action, actor::uuid, label, target_type, target_id, target_label, door, address, gen_random_uuid(), details::jsonb
  FROM (VALUES
    ('session.started', '11111111-1111-4111-8111-111111111111', 'grace@example.com', 'session', '1', 'grace@example.com', 'browser', '203.0.113.7',
     '{"userAgent":"Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0"}'),
    ('user.updated', '11111111-1111-4111-8111-111111111111', 'grace@example.com', 'user', '22222222-2222-4222-8222-222222222222', 'bob@example.com', NULL, '203.0.113.7',
     '{"status":{"from":"active","to":"disabled"},"reason":"Left the company"}'),
    ('user.updated', '11111111-1111-4111-8111-111111111111', 'grace@example.com', 'user', '22222222-2222-4222-8222-222222222222', 'bob@example.com', NULL, '203.0.113.7',
     '{"role":{"from":"predefined_user","to":"predefined_super_admin"}}'),
    ('session.ended', '11111111-1111-4111-8111-111111111111', 'grace@example.com', 'user', '22222222-2222-4222-8222-222222222222', 'bob@example.com', NULL, '203.0.113.7',
     '{"sessions":3}'),
    ('user.recovered', NULL, 'operator', 'user', '22222222-2222-4222-8222-222222222222', 'bob@example.com', 'command line', NULL, '{}'),
    ('session.refreshReused', '22222222-2222-4222-8222-222222222222', '<b>bob</b>@example.com', 'session', '2', 'bob@example.com', NULL, '198.51.100.23', '{}')
  ) AS events (action, actor, label, target_type, target_id, target_label, door, address, details)`;

const rows = (page: Page) => page.locator("main ol > li");

async function openTrail(page: Page, installation: Installation) {
  await installation.sql(EVENTS);
  const seal = "SELECT seal_audit_events(100) AS sealing";
  await expect.poll(() => installation.sql(seal)).toEqual([{ sealing: "sealed" }]);
  await enter(page, installation, "/audit");
}

test("says in words who did what to whom, on what and by which door", async ({
  page,
  installation,
}) => {
  await openTrail(page, installation);
  for (const sentence of [
    "grace@example.com disabled bob@example.com",
    "Reason: Left the company",
    "grace@example.com gave bob@example.com another role",
    "Role: User → Administrator",
    "grace@example.com signed bob@example.com out",
    "The operator made bob@example.com an administrator again",
    "<b>bob</b>@example.com was signed out because a used token came back",
    "Firefox on macOS",
    "the server itself · Command line",
    "The setup claimed the installation for Ada Owner",
  ]) {
    await expect(rows(page).filter({ hasText: sentence })).not.toHaveCount(0);
  }
  // Who acted has a face; the system, and what somebody should look at, an icon.
  const row = (text: string) => rows(page).filter({ hasText: text }).first();
  await expect(row("disabled bob@").locator(".avatar")).toHaveText("G");
  await expect(row("The operator made").locator(".avatar")).toHaveCount(0);
  await expect(row("was signed out because").locator(".avatar")).toHaveCount(0);
});

test("the days before, of which one or several are chosen, by keys, by pointer and in the list behind", async ({
  page,
  installation,
}) => {
  await installation.sql(`
    INSERT INTO day_counts (day, what, count)
    SELECT (now() AT TIME ZONE 'UTC')::date - back, 'role.deleted', 10 * back FROM generate_series(1, 29) AS back`);
  await enter(page, installation, "/audit");
  const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  const days = page.getByRole("region", { name: "Events by day" });
  const slider = days.getByRole("slider");
  await slider.focus();
  await slider.press("ArrowLeft");
  await expect(days.getByText(/: 10 events$/).first()).toBeVisible();
  await expect(slider).toHaveAttribute("aria-valuetext", /: 10 events$/);
  await slider.press("Enter");
  await expect(page).toHaveURL(`/audit?from=${day(1)}&to=${day(1)}&zone=UTC`);
  await expect(page.getByLabel("From", { exact: true })).toHaveValue(day(1));
  const box = await slider.boundingBox();
  if (box === null) throw new Error("There is no slider.");
  const x = (place: number) => box.x + (box.width * (place + 0.5)) / 30;
  // The period ends with the day that was chosen.
  await page.mouse.move(x(10), box.y + 20);
  await page.mouse.down();
  await page.mouse.move(x(12), box.y + 20);
  await page.mouse.up();
  await expect(page).toHaveURL(`/audit?from=${day(20)}&to=${day(18)}&zone=UTC`);
  await days.getByText("Days as a list").click();
  await days.getByRole("link", { name: /: 200 events$/ }).click();
  await expect(page).toHaveURL(`/audit?from=${day(20)}&to=${day(20)}&zone=UTC`);
});

test("what a role may do is told in the sentences of its editor", async ({
  page,
  installation,
}) => {
  const before = [
    { action: "read", subject: "User" },
    { action: "read", subject: "AuditEvent" },
  ];
  const after = [
    { action: "read", subject: "User" },
    { action: "manage", subject: "Role" },
  ];
  const policies = { from: JSON.stringify(before), to: JSON.stringify(after) };
  const unknown = { from: null, to: '[{"action":"fly","subject":"Moon"}]' };
  await installation.sql(`
    INSERT INTO audit_events (action, actor_label, target_type, target_id, target_label, details)
    VALUES ('role.updated', 'x@example.com', 'role', 'a', 'Editor', '${JSON.stringify({ policies })}'),
      ('role.created', 'x@example.com', 'role', 'b', 'Pilot', '${JSON.stringify({ policies: unknown })}')`);
  await enter(page, installation, "/audit");
  const row = rows(page).filter({ hasText: "Editor" });
  await expect(row).toContainText("From now on: May do everything with roles.");
  await expect(row).toContainText("No longer: May read the audit trail.");
  await expect(row).not.toContainText("users");
  await expect(rows(page).filter({ hasText: "Pilot" })).toContainText('"subject":"Moon"');
});

test("people are named, what a job did to each is one row, and who was disabled is two clicks away", async ({
  page,
  installation,
}) => {
  await installation.sql(`
    INSERT INTO users (email, name, password_hash, role_id, status)
    SELECT 'sleepy-' || n || '@example.com', 'Sleepy ' || n, password_hash, role_id, 'disabled'
    FROM users, generate_series(1, 60) AS n;
    INSERT INTO audit_events (action, actor_id, actor_label, target_type, target_id, target_label, details)
    SELECT 'user.updated', ada.id, ada.email, 'user', sleepy.id, sleepy.email,
      '{"status":{"from":"active","to":"disabled"},"job":"33333333-3333-4333-8333-333333333333"}'
    FROM users AS ada, users AS sleepy WHERE ada.email = 'ada@example.com' AND sleepy.email LIKE 'sleepy-%';
    INSERT INTO audit_events (action, actor_id, actor_label, target_type, target_id, target_label, details)
    SELECT 'job.finished', id, email, 'job', '33333333-3333-4333-8333-333333333333', 'disable',
      '{"state":"done","changed":60,"unchanged":0,"rejected":1}'
    FROM users WHERE email = 'ada@example.com'`);
  await enter(page, installation, "/audit");
  const job = rows(page).filter({ hasText: "The job “Disable users” is finished" });
  await expect(job.locator(".avatar")).toHaveText("AO");
  await expect(job).toContainText("60 changed, 1 failed");
  await expect(page.getByText("sleepy-")).toHaveCount(0);
  await page.getByLabel("What happened").selectOption({ label: "User disabled" });
  await expect(page).toHaveURL("/audit?action=user.disabled");
  await expect(rows(page).filter({ hasText: "Ada Owner disabled Sleepy 60" })).toHaveCount(1);
  await expect(rows(page)).toHaveCount(50);
  await page.goto("/audit?search=sleepy+7");
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("Ada Owner disabled Sleepy 7");
});

test("an event that is not there is told in the frame of the administration, and in no other", async ({
  page,
  installation,
}) => {
  await enter(page, installation, "/audit/999999999");
  const told = page.getByRole("heading", { name: "There is nothing at this address" });
  await expect(told).toBeVisible();
  await expect(page.locator("main")).toHaveCount(1);
  await expect(page.locator("#content")).toContainText("The link may be old");
});

test("every filter is in the address, counts at once, and Back undoes it", async ({
  page,
  installation,
}) => {
  await openTrail(page, installation);
  await page.getByLabel("What happened").selectOption({ label: "User changed" });
  await expect(page).toHaveURL("/audit?action=user.updated");
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("searchbox").fill("grace@");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/audit?search=grace%40&action=user.updated");
  await expect(rows(page)).toHaveCount(2);
  await page.getByLabel("Through which door").selectOption("command line");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.goBack();
  await expect(rows(page)).toHaveCount(2);
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL("/audit");
  await expect(page.getByLabel("What happened")).toHaveValue("");
  await expect(page.getByRole("searchbox")).toHaveValue("");

  await page.getByRole("link", { name: "Today" }).click();
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d&zone=/);
  await expect(page.getByText("Days as they are counted in")).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
  await page.getByLabel("From", { exact: true }).fill("2019-01-01");
  await expect(page).toHaveURL(/from=2019-01-01/);
  await page.getByLabel("To", { exact: true }).fill("2019-12-31");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.getByRole("link", { name: "Clear all" }).click();
  await expect(page).toHaveURL("/audit");
});

test.describe("in the reader's own zone", () => {
  test.use({ timezoneId: "Pacific/Kiritimati" });
  test("a day is a day of the calendar on the wall", async ({ page, installation }) => {
    await openTrail(page, installation);
    await page.getByRole("link", { name: "Today" }).click();
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Pacific/Kiritimati" }).format();
    await expect(page).toHaveURL(`/audit?from=${today}&zone=Pacific%2FKiritimati`);
    await expect(page.getByLabel("From", { exact: true })).toHaveValue(today);
    await expect(rows(page).first()).toBeVisible();
    await rows(page).first().locator("summary").click();
    await expect(rows(page).first()).toContainText("GMT+14");
  });
});

test("an event opens, and leads to what is related", async ({ page, installation }) => {
  await openTrail(page, installation);
  const event = rows(page).filter({ hasText: "grace@example.com disabled" });
  await event.locator("summary").click();
  await expect(event).toContainText('"to": "disabled"');
  await expect(event).toContainText("user.updated");
  const [stored] = await installation.sql(
    `SELECT request_id, hash FROM audit_events LEFT JOIN audit_seals ON event_id = id
     WHERE details->>'reason' IS NOT NULL`,
  );
  await expect(event).toContainText(String(stored?.["request_id"]));
  await expect(event).toContainText(String(stored?.["hash"]).slice(0, 16));

  await event.getByRole("link", { name: "Everything done to them" }).click();
  await expect(page.getByRole("link", { name: /Remove the filter “To bob@/ })).toBeVisible();
  await expect(rows(page)).toHaveCount(4);
  await page.getByLabel("What happened").selectOption({ label: "Signed out" });
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("link", { name: /Remove the filter “To bob@/ }).click();
  await expect(page).toHaveURL("/audit?action=session.ended");
});

test("a page goes on where the one before ended, under the same filter", async ({
  page,
  installation,
}) => {
  await openTrail(page, installation);
  await installation.sql(
    `INSERT INTO audit_events (action, actor_label) SELECT 'role.created', 'maker-' || n FROM generate_series(1, 70) n`,
  );
  await page.goto("/audit?action=role.created");
  await expect(rows(page)).toHaveCount(50);
  await expect(rows(page).last()).toContainText("maker-21 ");
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page).toHaveURL(/action=role.created&cursor=/);
  await expect(rows(page)).toHaveCount(20);
  await expect(rows(page).first()).toContainText("maker-20 ");
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(rows(page).first()).toContainText("maker-70 ");
});

test("what is shown can be downloaded", async ({ page, installation }) => {
  await openTrail(page, installation);
  await page.goto("/audit?action=user.updated");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await file.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines.length).toBe(3);
  expect(lines[1]).toContain("grace@example.com");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("the filters are a form, and an event opens", async ({ page, installation }) => {
    await openTrail(page, installation);
    await page.getByLabel("What happened").selectOption("user.updated");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page).toHaveURL(/action=user.updated/);
    await expect(rows(page)).toHaveCount(2);
    await rows(page).first().locator("summary").click();
    await rows(page).first().getByRole("link", { name: "Everything that is known" }).click();
    await expect(page).toHaveURL(/\/audit\/\d+$/);
    await expect(page.locator("pre")).toContainText('"to":');
    await page.getByRole("link", { name: "To the trail" }).click();
    await expect(page).toHaveURL("/audit");
  });
});

test("by keyboard alone: filter, open, follow", async ({ page, installation }) => {
  await openTrail(page, installation);
  await page.getByRole("searchbox").focus();
  await page.keyboard.type("203.0.113.7");
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(4);
  // The focus stays where the reader is.
  await expect(page.getByRole("searchbox")).toBeFocused();
  const choice = page.getByLabel("What happened");
  await choice.focus();
  await page.keyboard.type("Signed out");
  await expect(page).toHaveURL(/action=session.ended/);
  await expect(choice).toBeFocused();
  const event = rows(page).first();
  await event.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(event.locator("dl")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveText("Everything by them");
});

for (const [colorScheme, locale] of LOOKS) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use(inLook([colorScheme, locale]));
    test("no accessibility violation, and nothing wider than the screen", async ({
      page,
      installation,
    }) => {
      await installation.sql(EVENTS);
      await admit(page, installation);
      for (const query of [
        "",
        "?actorId=11111111-1111-4111-8111-111111111111&from=2020-01-01",
        "?search=zzz",
        "?action=zzz",
      ]) {
        await page.goto(`/audit${query}`);
        if (query === "") await rows(page).nth(1).locator("summary").click();
        for (const width of [1280, 320]) {
          await page.setViewportSize({ width, height: 800 });
          const more = page.locator("search button[aria-expanded=false]");
          if (query === "" && (await more.isVisible())) await more.click();
          await expectNoViolations(page);
          const over = await page.evaluate(
            () => document.documentElement.scrollWidth - window.innerWidth,
          );
          expect(over, `${width} ${query}`).toBeLessThanOrEqual(0);
        }
      }
    });
  });
}
