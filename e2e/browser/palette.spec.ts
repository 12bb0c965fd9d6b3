import { storeUsers } from "../support/store-users";
import { enter, expect, expectNoViolations, inLook, test } from "./fixtures";

const SUPPORT = `
  INSERT INTO roles (slug, name, policies) VALUES
    ('support', 'Support', '[{"action":["read","resetPassword"],"subject":"User"}]');
  UPDATE users SET role_id = (SELECT id FROM roles WHERE slug = 'support') WHERE email LIKE 'grace-1@%';
  UPDATE users SET name = 'Grace Hopper' WHERE email LIKE 'grace-2@%'`;

test("finds people, pages, actions and settings by keyboard, and gives the focus back", async ({
  page,
  installation,
}) => {
  await storeUsers(installation, "grace", 3);
  await installation.sql(SUPPORT);
  const { keyboard } = page;
  await enter(page, installation, "/roles");
  const opener = page.getByRole("button", { name: "Find" });
  await opener.focus();
  await keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Find people, pages and actions" });
  const field = palette.getByRole("combobox");
  const options = palette.getByRole("option");
  const active = palette.getByRole("option", { selected: true });
  await expect(field).toBeFocused();
  await expect(active).toHaveText("Invite people");
  await expectNoViolations(page, "all there is");
  await keyboard.press("ArrowUp");
  await expect(active).toHaveText(/^Language: Español/);
  const pointed = await active.getAttribute("id");
  await expect(field).toHaveAttribute("aria-activedescendant", pointed ?? "");
  await keyboard.press("Escape");
  await expect(palette).toHaveCount(0);
  await expect(opener).toBeFocused();

  // None for a single letter.
  const searches: string[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === "/v1/users") searches.push(searchParams.get("search") ?? "");
  });
  await keyboard.press("Control+k");
  await expect(options.first()).toBeVisible();
  await field.fill("h");
  await field.fill("hopper");
  await expect(active).toHaveText(/^GHGrace Hopper\s*grace-2@example.com$/);
  expect(searches).toEqual(["hopper"]);
  await expect(palette.getByRole("status")).toHaveText("1 person found");
  await expect(options).toHaveText([
    /^GHGrace/,
    /“hopper” among the users/,
    /“hopper” in the audit/,
  ]);
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Grace Hopper" })).toBeVisible();

  // What was chosen stands first the next time; of people the browser keeps no names.
  await keyboard.press("Control+k");
  await expect(active).toHaveText(/^GHGrace Hopper/);
  await expect(palette.getByRole("group", { name: "Recent" }).getByRole("option")).toHaveCount(1);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("Grace");

  await keyboard.type("2fa");
  await expect(active).toHaveText("Second factor");
  await field.fill("(nothing");
  await expect(active).toHaveText("Look for “(nothing” among the users");
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audit\?search=%28nothing|\/audit\?search=\(nothing/);

  await page.route("**/v1/users?*", (route) => route.fulfill({ status: 429 }));
  await keyboard.press("Control+k");
  await expect(options.first()).toBeVisible();
  await keyboard.type("hopper");
  await expect(palette.getByRole("alert")).toContainText("People could not be looked for.");
  await expectNoViolations(page, "a search that failed");
  await page.unroute("**/v1/users?*");
  await palette.getByRole("button", { name: "Try again" }).click();
  await expect(active).toHaveText(/^GHGrace Hopper/);

  // Theme and language change where one stands.
  await field.fill("dark");
  await expect(active).toHaveText("Appearance: dark");
  await keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await keyboard.press("Control+k");
  await field.fill("español");
  await expect(active).toHaveText("Language: Español");
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Auditoría" })).toBeVisible();
  await keyboard.press("Control+k");
  const spanish = page.getByRole("dialog", { name: "Buscar personas, páginas y acciones" });
  await spanish.getByRole("combobox").fill("sesion cerrar");
  await expect(spanish.getByRole("option", { selected: true })).toHaveText("Cerrar sesión");
  await expectNoViolations(page, "dark, Spanish");
  await keyboard.press("Enter");
  await expect(page).toHaveURL(/\/login$/);
});

test("offers what somebody may do and no more", async ({ page, installation }) => {
  await storeUsers(installation, "grace", 3);
  await installation.sql(SUPPORT);
  await enter(page, installation, "/account", "grace-1@example.com");
  const options = page.getByRole("dialog").getByRole("option");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(options.first()).toBeVisible();
  expect(await options.allTextContents()).toEqual([
    ...["Export the users as CSV", "Download your data", "Sign out"],
    ...["Home", "Users", "Your account", "Your activity", "API reference", "Keyboard shortcuts"],
    ...["Change password", "Second factor", "Where you are signed in", "API tokens"],
    ...["Appearance: light", "Appearance: dark", "Language: Español"],
  ]);
  await page.keyboard.type("hopper");
  await expect(options).toHaveText([/^GHGrace Hopper/, /among the users/]);

  await enter(page, installation, "/account", "grace-3@example.com");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(options.first()).toBeVisible();
  expect(await options.allTextContents()).not.toContain("Users");
  await page.keyboard.type("hopper");
  await expect(page.getByText("Nothing fits that").last()).toBeVisible();
  await expectNoViolations(page, "nothing fits");
});

test("says that it cannot be read, and goes on when it can", async ({ page, installation }) => {
  await enter(page, installation, "/account");
  await page.route("**/account", (route) =>
    route.request().method() === "POST" ? route.fulfill({ status: 400 }) : route.fallback(),
  );
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await expect(palette.getByRole("alert")).toBeVisible();
  await expectNoViolations(page, "nothing to offer");
  await page.unroute("**/account");
  await palette.getByRole("button", { name: "Try again" }).click();
  await expect(palette.getByRole("option").first()).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ ...inLook(["dark", "en"], 320), hasTouch: true });

  test("opens by its button, fits, and closes by a button", async ({ page, installation }) => {
    await enter(page, installation, "/users");
    await page.getByRole("button", { name: "Find" }).tap();
    const palette = page.getByRole("dialog");
    await expect(palette.getByRole("option").first()).toBeVisible();
    await expectNoViolations(page, "dark, narrow");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      320,
    );
    await palette.getByRole("option", { name: "Keyboard shortcuts" }).tap();
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await expectNoViolations(page, "the keys");
    await page.getByRole("button", { name: "Find something" }).tap();
    await palette.getByRole("button", { name: "Close" }).tap();
    await expect(palette).toHaveCount(0);
  });
});
