import type { Page } from "playwright/test";
import { PRODUCT } from "../../product";
import { apiToken } from "../support/claimed";
import { enter, expect, HOME, test, unclaimedTest, violationsOf } from "./fixtures";

/** Four megabytes of script take their time on a busy machine. */
async function expectDrawn(page: Page) {
  const heading = page.getByRole("heading", { name: "List users" }).first();
  await expect(heading).toBeVisible({ timeout: 40_000 });
}

test.describe.configure({ timeout: 120_000 });
// A trace copies the page at every step; with the thousands of elements that Scalar draws it never gets on.
test.use({ trace: "off" });

unclaimedTest(
  "before the claim the API reference leads to the setup, like every page",
  async ({ page }) => {
    await page.goto("/docs/api");
    await expect(page).toHaveURL(/\/setup$/);
  },
);

test("anybody can read it, all of it from our origin, and try a call with a token", async ({
  page,
  installation,
}) => {
  const token = await apiToken(installation);
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== installation.baseUrl) {
      elsewhere.push(request.url());
    }
  });
  // What the policy refuses is a complaint, and any complaint fails the test.
  await page.goto("/docs/api");
  await expectDrawn(page);
  expect(await page.locator("body").evaluate((body) => getComputedStyle(body).fontFamily)).toMatch(
    /geist/i,
  );

  await page.getByRole("button", { name: "Test Request" }).first().click();
  await page.getByRole("dialog").getByPlaceholder("Token").fill(token);
  const answer = page.waitForResponse((response) => response.url().includes("/v1/users?"));
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Send get request/ })
    .click();
  expect((await answer).status()).toBe(200);
  expect(elsewhere).toEqual([]);
});

test("it can be reached from the account menu and left again, each time as a new document", async ({
  page,
  installation,
}) => {
  await enter(page, installation);
  await expect(page).toHaveURL(/\/users$/);
  const stylePolicy = async (act: () => Promise<void>, path: RegExp) => {
    const [response] = await Promise.all([
      page.waitForResponse((one) => one.request().isNavigationRequest() && path.test(one.url())),
      act(),
    ]);
    const policy = (await response.allHeaders())["content-security-policy"] ?? "";
    return /style-src ([^;]*)/.exec(policy)?.[1];
  };
  await page.getByRole("button", { name: "Account of Ada Owner" }).click();
  const open = () => page.getByRole("link", { name: "API", exact: true }).click();
  expect(await stylePolicy(open, /\/docs\/api$/)).toBe("'self' 'unsafe-inline'");
  const leave = () => page.getByRole("link", { name: PRODUCT.name, exact: true }).click();
  expect(await stylePolicy(leave, HOME)).toMatch(/^'self' 'nonce-/);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("no serious accessibility violation but the known ones of Scalar", async ({ page }) => {
      await page.goto("/docs/api");
      await expectDrawn(page);
      // Its copy buttons have no name.
      const violations = await violationsOf(page, ['button[aria-controls^="scalar-refs"]']);
      const serious = violations.filter(({ impact }) => /serious|critical/.test(impact ?? ""));
      expect(serious).toEqual([]);
    });
  });
}

test("while it loads its shape is there, and without JavaScript the way to its document", async ({
  page,
  browser,
  baseURL,
}) => {
  let load = () => {};
  const held = new Promise<void>((resolve) => {
    load = resolve;
  });
  await page.route(/scalar.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/docs/api", { waitUntil: "commit" });
  const awaited = page.locator(".api-awaited");
  await expect(awaited.getByRole("status")).toHaveText("The API reference is loading.");
  const height = async () => (await awaited.boundingBox())?.height ?? 0;
  await expect.poll(height).toBeGreaterThan(300);
  load();
  await expectDrawn(page);
  await expect(awaited).toBeHidden();

  const plain = await browser.newPage({ javaScriptEnabled: false });
  await plain.goto(`${baseURL}/docs/api`);
  await expect(plain.getByRole("link", { name: "the OpenAPI document" })).toBeVisible();
  await expect(plain.getByText("is loading")).toBeHidden();
  await plain.close();
});
