import { enter, expect, OWNER, test } from "./fixtures";

/** What the page knows its action by, as if the server had been built anew since. */
const UNKNOWN = "0".repeat(42);

// The framework's client says so on its console, and nothing else is said there.
test.afterEach(({ complaints }) => {
  expect(complaints.splice(0)).toEqual([expect.stringContaining("UnrecognizedActionError")]);
});

test.beforeEach(async ({ page }) => {
  let first = true;
  await page.route("**/*", async (route, request) => {
    const headers = { ...request.headers() };
    // A form's, not what a page asks by itself.
    const isForm = headers["content-type"]?.startsWith("multipart/");
    if (first && isForm && headers["next-action"] !== undefined) {
      first = false;
      headers["next-action"] = UNKNOWN;
    }
    await route.fallback({ headers });
  });
});

test("a sign-in from before an update: the address is typed again, the password is not", async ({
  page,
}) => {
  await page.goto("/login?next=%2Froles");
  await page.getByLabel("E-mail address").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "from before an update" })).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toHaveValue(OWNER.email);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/roles$/);
});

test("a form of the administration from before an update is as it was, with what was chosen", async ({
  page,
  installation,
}) => {
  await enter(page, installation, "/users/invite");
  await page.getByLabel("E-mail address").fill("grace@example.com");
  await page.getByLabel("Name").fill("Grace Hopper");
  await page.getByRole("combobox", { name: "Role" }).selectOption({ label: "Administrator" });
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "from before an update" })).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toHaveValue("grace@example.com");
  await expect(page.getByLabel("Name")).toHaveValue("Grace Hopper");
  await expect(page.getByRole("combobox", { name: "Role" }).locator("option:checked")).toHaveText(
    "Administrator",
  );
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByText("grace@example.com").first()).toBeVisible();
});
