import type { Page } from "playwright/test";
import { pathsOf } from "../access/there-is";
import { storeUsers } from "../support/store-users";
import { enter, expect, inLook, OWNER, test, unclaimedTest } from "./fixtures";

/** Spanish needs more room than English, and 320 pixels are what a page has when it is enlarged four times (WCAG 1.4.10). */
const NARROW = inLook(["light", "es"], 320);

/** What of the controls cannot be read whole: it goes beyond the window, or beyond an edge that cuts it off. */
function clippedControls(page: Page) {
  return page.evaluate(() => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    for (const control of document.querySelectorAll("a, button, summary, label, legend, .badge")) {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const own = control.getBoundingClientRect();
      const texts = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        const holder = text.parentElement;
        if (!holder?.checkVisibility({ visibilityProperty: true })) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const box of range.getClientRects()) {
          let [left, right, bottom] = [0, width, Number.POSITIVE_INFINITY];
          let forEyes = box.width > 0;
          for (let around: Element | null = holder; around; around = around.parentElement) {
            const style = getComputedStyle(around);
            const edge = around.getBoundingClientRect();
            if (style.clipPath !== "none" || edge.width <= 1 || edge.right <= 0) forEyes = false;
            // A long name ends in three dots, and stands whole on its own page.
            if (style.textOverflow === "ellipsis" && control.tagName === "A") forEyes = false;
            if (style.overflowX === "visible") continue;
            // What scrolls by itself, with the keyboard too, shows all it has.
            if (style.overflowX === "auto" && around.getAttribute("tabindex") === "0") {
              [left, right, bottom] = [-1e6, 1e6, Number.POSITIVE_INFINITY];
              break;
            }
            left = Math.max(left, edge.left);
            right = Math.min(right, edge.right);
            bottom = Math.min(bottom, edge.bottom);
          }
          const cut = box.left < left - 1 || box.right > right + 1 || box.bottom > bottom + 1;
          const spilt = box.top < own.top - 1 || box.bottom > own.bottom + 1;
          if (forEyes && (cut || spilt || box.right > own.right + 1))
            found.push(`${control.tagName} "${text.textContent?.trim()}"`);
        }
      }
    }
    return [...new Set(found)];
  });
}

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

    await storeUsers(installation, "wolfeschlegelsteinhausenbergerdorff", 3);
    const [row] = await installation.sql(`
      INSERT INTO roles (slug, name, policies)
      VALUES ('support', 'Soporte', '[{"action":["read","update"],"subject":"User","conditions":{"role.slug":"predefined_user"}}]');
      INSERT INTO jobs (kind, state, creator_id, creator_email, total, changed)
      SELECT 'disable', 'done', id, email, 3, 3 FROM users WHERE email = '${OWNER.email}';
      INSERT INTO sessions (user_id, door, address, user_agent, expires_at, unfamiliar)
      SELECT id, 'browser', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        now() + interval '1 day', true FROM users CROSS JOIN generate_series(1, 2);
      SELECT (SELECT id FROM users ORDER BY number DESC LIMIT 1) AS person, (SELECT id FROM jobs) AS job,
        (SELECT min(id) FROM audit_events) AS event`);
    const ids: Record<string, string> = {
      "/users/{id}": String(row?.["person"]),
      "/jobs/{id}": String(row?.["job"]),
      "/audit/{id}": String(row?.["event"]),
      "/account/activity/{id}": String(row?.["event"]),
      "/roles/{slug}": "support",
    };
    await enter(page, installation, "/users");
    for (const { path } of pathsOf("page.tsx")) {
      if (path === "/setup" || path === "/login") continue;
      await page.goto(path.replace(/\{\w+\}/, () => ids[path] ?? "?"));
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
