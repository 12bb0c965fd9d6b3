import type { Page } from "playwright/test";
import { apiToken } from "../support/claimed";
import type { Installation } from "../support/installation";
import { enter, expect, expectNoViolations, inLook, LOOKS, OWNER, signIn, test } from "./fixtures";

const PASSWORD = "another long passphrase";

/** The native API as the owner. */
async function owner(installation: Installation) {
  const token = await apiToken(installation);
  return async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${installation.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: each call has a body of its own
    return (response.status === 204 ? null : await response.json()) as any;
  };
}

async function choosePassword(page: Page, password: string) {
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: /^(Join|Save password)$/ }).click();
}

test("invite, copy, join in another browser; the link is then used", async ({
  page,
  browser,
  installation,
}) => {
  await owner(installation);
  await enter(page, installation);
  await expect(page).toHaveURL(/\/users$/);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/users/invite");
  await expect(page.getByText("Nobody is waiting to join")).toBeVisible();
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Fill in this field.");
  await page.getByLabel("E-mail address").fill("bob@example.com");
  await page.getByLabel("Name", { exact: true }).fill("Bob");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("heading", { name: "bob@example.com is invited" })).toBeFocused();
  await page.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByText("The link is copied.")).toBeAttached();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/^http:\/\/localhost:\d+\/join#token=[\w-]{43}$/);
  await expect(page.getByRole("listitem").filter({ hasText: "bob@example.com" })).toContainText(
    "Waiting",
  );
  await page.getByRole("link", { name: "Invite another" }).click();
  await expect(page.getByLabel("E-mail address")).toHaveValue("");

  const context = await browser.newContext({ baseURL: installation.baseUrl });
  const bob = await context.newPage();
  const addresses: string[] = [];
  bob.on("request", (request) => addresses.push(request.url()));
  await bob.goto(link);
  await expect(bob.getByRole("heading", { name: /^Welcome to localhost/ })).toBeVisible();
  await expect(bob).toHaveURL(/\/join$/); // the token is out of the address bar
  await expect(bob.getByLabel("Your name")).toHaveValue("Bob");
  await choosePassword(bob, "short");
  await expect(bob.getByRole("alert").first()).toContainText("Use at least 8 characters.");
  await bob.getByLabel("Your name").fill("Bob Builder");
  await choosePassword(bob, PASSWORD);
  await expect(bob).toHaveURL(/\/welcome$/);
  await expect(bob.getByRole("heading", { name: "Welcome, Bob Builder" })).toBeVisible();
  await expect(bob.getByText("Your role is User.")).toBeVisible();
  await expect(bob.getByText("You see and change your own account")).toBeVisible();
  await expect(bob.getByRole("link", { name: "Set up a second factor" })).toHaveAttribute(
    "href",
    "/account/second-factor",
  );
  // In their language, from here on.
  await bob.getByRole("main").getByRole("button", { name: "Español" }).click();
  await expect(bob.getByRole("heading", { name: "Le damos la bienvenida" })).toBeVisible();
  await bob.getByRole("main").getByRole("button", { name: "English" }).click();
  await bob.getByRole("link", { name: "Go on" }).click();
  await expect(bob).toHaveURL(/\/account$/);
  await expect(bob.getByRole("button", { name: "Account of Bob Builder" })).toBeVisible();
  expect(addresses.filter((address) => address.includes(link.split("=")[1] ?? ""))).toEqual([]);

  await bob.goto(link);
  await expect(bob.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await bob.getByRole("link", { name: "Try another link" }).click();
  await expect(bob.getByLabel("Link or code")).toBeVisible();
  await context.close();
  await page.reload();
  await expect(page.getByText("Nobody is waiting to join")).toBeVisible();
});

test("a new link and one taken back", async ({ page, installation }) => {
  const api = await owner(installation);
  const { link } = await api("POST", "/v1/invitations", {
    email: "bob@example.com",
    name: "Bob",
  });
  await enter(page, installation, "/users/invite");
  await page.getByRole("button", { name: "New link for Bob" }).click();
  const dialog = page.getByRole("dialog");
  const second = await dialog.getByLabel("Link", { exact: true }).inputValue();
  expect(second).not.toBe(link);
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Take back the link of Bob" }).click();
  await expect(dialog).toContainText("bob@example.com");
  await dialog.getByRole("button", { name: "Take back" }).click();
  await expect(page.getByText("The link of Bob does not work any more.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Bob" })).toContainText("Taken back");
  for (const dead of [link, second]) {
    await page.goto("/account");
    await page.goto(dead);
    await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  }
});

test("a link for several people: made, come by, waited for, let in", async ({
  page,
  browser,
  installation,
}) => {
  await owner(installation);
  await enter(page, installation, "/users/invite");
  await page.getByRole("link", { name: "one link for several people" }).click();
  await expect(page.getByText("Nobody waits")).toBeVisible();
  await page.getByLabel("Name of the link").fill("Summer interns");
  await page.getByLabel("Places").fill("0");
  await page.getByLabel("Only addresses at").fill("example.com");
  await page.getByRole("button", { name: "Make link" }).click();
  await expect(page.getByRole("alert").first()).toContainText("a whole number from 1 to 1000");
  await expect(page.getByLabel("Name of the link")).toHaveValue("Summer interns");
  await page.getByLabel("Places").fill("2");
  await page.getByRole("button", { name: "Make link" }).click();
  await expect(
    page.getByRole("heading", { name: "The link Summer interns is made" }),
  ).toBeFocused();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();

  const context = await browser.newContext({ baseURL: installation.baseUrl });
  const bob = await context.newPage();
  await bob.goto(link);
  await expect(bob.getByText("You are in as soon as an administrator lets you in")).toBeVisible();
  await bob.getByLabel("E-mail address").fill("bob@elsewhere.example");
  await bob.getByLabel("Your name").fill("Bob");
  await choosePassword(bob, PASSWORD);
  await expect(bob.getByRole("alert").first()).toContainText("E-mail address");
  await expect(bob.getByLabel("E-mail address")).toHaveValue("bob@elsewhere.example");
  await bob.getByLabel("E-mail address").fill("bob@example.com");
  await choosePassword(bob, PASSWORD);
  await expect(bob.getByRole("heading", { name: "You are on the list" })).toBeVisible();

  await page.goto("/");
  await expect(page.getByText("Somebody waits to be let in")).toBeVisible();
  await page.getByRole("link", { name: "See who" }).click();
  await expect(page.getByText("1 of 2 places taken")).toBeVisible();
  await page.getByRole("button", { name: "Let in Bob" }).click();
  await expect(page.getByText("They are let in, and can sign in now.")).toBeVisible();
  await bob.getByRole("link", { name: "Sign in" }).click();
  await signIn(bob, { email: "bob@example.com", password: PASSWORD });
  await expect(bob).toHaveURL(/\/account$/);
  await context.close();

  await page.getByRole("button", { name: "Take back the link Summer interns" }).click();
  await expect(page.getByText("The link does not work any more.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Summer interns" })).toContainText(
    "Taken back",
  );
  await page.goto("/audit");
  await expect(page.getByText("let Bob in")).toBeVisible();
  await expect(page.getByText("came by a link for several people and waits")).toBeVisible();
});

test("a link to a new password signs out everywhere else and changes who is signed in here", async ({
  page,
  installation,
  browser,
}) => {
  const api = await owner(installation);
  const bob = { email: "bob@example.com", password: "the password before" };
  const { id } = await api("POST", "/v1/users", bob);
  const context = await browser.newContext({ baseURL: installation.baseUrl });
  const elsewhere = await context.newPage();
  await signIn(elsewhere, bob);
  await expect(elsewhere).toHaveURL(/\/account$/);

  const { link } = await api("POST", `/v1/users/${id}/password-reset`);
  await enter(page, installation, link);
  await expect(page.getByText(`You are signed in as ${OWNER.email}`)).toBeVisible();
  await choosePassword(page, PASSWORD);
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByText(bob.email).first()).toBeVisible();
  await elsewhere.goto("/account");
  await expect(elsewhere).toHaveURL(/\/login/);
  await signIn(elsewhere, { ...bob, password: PASSWORD });
  await expect(elsewhere).toHaveURL(/\/account$/);
  await context.close();
  const [left] = await installation.sql(
    `SELECT count(*)::int AS n FROM sessions s JOIN users u ON u.id = s.user_id
     WHERE u.email = '${OWNER.email}' AND s.door = 'browser' AND s.ended_at IS NULL`,
  );
  expect(left).toEqual({ n: 0 });
});

test("delete, find, restore", async ({ page, installation }) => {
  const api = await owner(installation);
  for (const name of ["Bob", "Cleo"]) {
    const { id } = await api("POST", "/v1/users", {
      email: `${name.toLowerCase()}@example.com`,
      name,
    });
    await api("DELETE", `/v1/users/${id}`);
  }
  await api("POST", "/v1/users", { email: "cleo@example.com" });
  await enter(page, installation, "/users/deleted");
  await expect(page.getByRole("listitem")).toHaveCount(2);
  await page.getByRole("button", { name: "Restore Cleo" }).click();
  await expect(page.getByText("Somebody else has the e-mail address of Cleo now.")).toBeVisible();
  await page.getByRole("searchbox").fill("bob@");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("listitem")).toHaveCount(1);
  await expect(page.getByRole("listitem")).toContainText("30 days left");
  await page.getByRole("button", { name: "Restore Bob" }).click();
  await expect(page.getByText("Bob is restored.")).toBeVisible();
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await page.goto("/users");
  await expect(page.getByRole("row", { name: /bob@example.com/ })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the link is pasted, mistakes are told, and the person is in", async ({
    page,
    installation,
  }) => {
    const api = await owner(installation);
    const { link } = await api("POST", "/v1/invitations", { email: "bob@example.com" });
    await page.goto(link);
    await page.getByLabel("Link or code").fill("nonsense");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
    await page.getByRole("link", { name: "Try another link" }).click();
    await page.getByLabel("Link or code").fill(link);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByLabel("Your name").fill("Bob");
    await choosePassword(page, "short");
    await expect(page.getByRole("alert").first()).toContainText("Use at least 8 characters.");
    await expect(page.getByLabel("Your name")).toHaveValue("Bob");
    await choosePassword(page, PASSWORD);
    await expect(page).toHaveURL(/\/welcome$/);
  });
});

for (const [colorScheme, locale] of LOOKS) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use(inLook([colorScheme, locale]));

    test("no accessibility violation on any page or state", async ({ page, installation }) => {
      const api = await owner(installation);
      await page.goto("/join");
      await expect(page.locator("#token")).toBeVisible();
      await expectNoViolations(page, "paste");
      await page.locator("#token").fill("nonsense");
      await page.locator("form:has(#token) button[type=submit]").click();
      await expect(page.locator("#token")).toHaveCount(0);
      await expectNoViolations(page, "dead");

      const { link } = await api("POST", "/v1/invitations", { email: "bob@example.com" });
      await api("POST", "/v1/users", { email: "cleo@example.com" });
      const { id } = await api("POST", "/v1/users", { email: "dan@example.com" });
      await api("DELETE", `/v1/users/${id}`);
      await enter(page, installation, link);
      await expect(page.locator("#password")).toBeVisible();
      await expectNoViolations(page, "open");
      await page.locator("#password").fill("short");
      await page.locator("form:has(#password) button[type=submit]").click();
      await expect(page.getByRole("alert").first()).toBeVisible();
      await expectNoViolations(page, "refused");

      await page.goto("/users/join-links");
      await page.locator("form:has(#maxUses) button[type=submit]").click();
      await expect(page.getByRole("alert").first()).toBeVisible();
      await expectNoViolations(page, "link for several people, refused");
      await page.locator("#name").fill("Interns");
      await page.locator("form:has(#maxUses) button[type=submit]").click();
      const forMany = await page.locator("#link").inputValue();
      await expectNoViolations(page, "link for several people");
      await page.goto(forMany);
      await page.locator("#email").fill("fay@example.com");
      await page.locator("#password").fill(PASSWORD);
      await expectNoViolations(page, "for several people");
      await page.locator("form:has(#password) button[type=submit]").click();
      await expect(page.locator("#password")).toHaveCount(0);
      await expectNoViolations(page, "on the list");
      await page.goto("/users/join-links");
      await expectNoViolations(page, "somebody waits");

      await page.goto("/users/invite");
      await expectNoViolations(page, "invite");
      await page.locator("li button").first().click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectNoViolations(page, "new link");
      await page.keyboard.press("Escape");
      await page.locator("#email").fill("eve@example.com");
      await page.locator("form:has(#email) button[type=submit]").click();
      await expect(page.locator("#link")).toBeVisible();
      await expectNoViolations(page, "invited");
      await page.goto("/users/deleted");
      await expectNoViolations(page, "deleted");
      await page.locator("li button").first().click();
      await expect(page.locator("[aria-live] button").first()).toBeVisible();
      await expectNoViolations(page, "restored, and nobody left");
    });
  });
}
