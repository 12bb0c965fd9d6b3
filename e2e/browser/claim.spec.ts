import {
  claim,
  test as claimedTest,
  expect,
  HOME,
  OWNER,
  signIn,
  unclaimedTest as test,
} from "./fixtures";

const PASSWORD = { exact: true } as const;

test("from the first page to the users page, out and in again", async ({ page, installation }) => {
  await claim(page);
  await expect(page.getByRole("heading", { name: "The key is yours" })).toBeVisible();
  await expect(page.getByText("None were tried")).toBeVisible();
  await expect(page.getByText("127.0.0.1")).toBeVisible();
  await page.getByRole("link", { name: "Go home" }).click();
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(page.getByRole("row", { name: /ada@example.com/ })).toBeVisible();

  await page.getByRole("button", { name: /Account of/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.goto("/users");
  await expect(page).toHaveURL(/\/login/);
  await signIn(page, OWNER);
  await expect(page).toHaveURL(HOME);
  expect(await installation.sql("SELECT door FROM installation")).toEqual([{ door: "wizard" }]);
});

test("an address with capitals is taken as it is stored", async ({ page, installation }) => {
  await page.goto("/setup");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Your name").fill("Ada Owner");
  await page.getByLabel("E-mail address").fill("Ada@Example.com");
  await page.getByLabel("Password", PASSWORD).fill(OWNER.password);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page).toHaveURL(/\/setup\/done$/);
  expect(await installation.sql("SELECT email FROM users")).toEqual([{ email: "ada@example.com" }]);
});

test("by keyboard alone", async ({ page }) => {
  await page.goto("/setup");
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const tabTo = async (name: string, role: "button" | "textbox") => {
    for (let i = 0; i < 30; i++) {
      await press("Tab");
      const focused = page.locator(":focus");
      const label = await focused.evaluate((element) => {
        const labels = (element as HTMLInputElement).labels;
        return (labels?.[0]?.textContent ?? element.textContent ?? "").trim();
      });
      const tag = await focused.evaluate((element) => element.tagName);
      if (label.startsWith(name) && (tag === "BUTTON") === (role === "button")) return;
    }
    throw new Error(`${name} cannot be reached by keyboard`);
  };
  await tabTo("Continue", "button");
  await press("Enter");
  await expect(page.getByLabel("Your name")).toBeVisible();
  await tabTo("Your name", "textbox");
  await page.keyboard.type(OWNER.name);
  await tabTo("E-mail address", "textbox");
  await page.keyboard.type(OWNER.email);
  await tabTo("Password", "textbox");
  await page.keyboard.type(OWNER.password);
  await press("Enter");
  await expect(page).toHaveURL(/\/setup\/done$/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("one page, one button, and sign-in too", async ({ page }) => {
    await page.goto("/");
    await expect(page).toHaveURL(/\/setup$/);
    await page.getByLabel("Your name").fill(OWNER.name);
    await page.getByLabel("E-mail address").fill("not an address");
    await page.getByLabel("Password", PASSWORD).fill(OWNER.password);
    await page.getByRole("button", { name: "Create administrator" }).click();
    await expect(page.getByRole("alert")).toContainText("E-mail address");
    await expect(page.getByLabel("Your name")).toHaveValue(OWNER.name);
    await expect(page.getByLabel("Password", PASSWORD)).toHaveValue("");
    await page.getByLabel("E-mail address").fill(OWNER.email);
    await page.getByLabel("Password", PASSWORD).fill(OWNER.password);
    await page.getByRole("button", { name: "Create administrator" }).click();
    await expect(page).toHaveURL(/\/setup\/done$/);

    await page.context().clearCookies();
    await signIn(page, { ...OWNER, password: "wrong" });
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.getByLabel("E-mail address")).toHaveValue(OWNER.email);
    await signIn(page, OWNER);
    await expect(page.getByRole("heading", { name: "Users" })).toBeVisible();
  });
});

test("errors are summed up, take the focus, lead to their field and lose nothing", async ({
  page,
}) => {
  await page.goto("/setup");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("E-mail address").fill("ada@");
  await page.getByLabel("Password", PASSWORD).fill("short");
  await page.getByRole("button", { name: "Create administrator" }).click();
  const summary = page.getByRole("alert").filter({ hasText: "2 things need your attention" });
  await expect(summary).toBeFocused();
  await summary.getByRole("link").first().click();
  await expect(page.getByLabel("E-mail address")).toBeFocused();
  await expect(page.getByLabel("E-mail address")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Your name")).toHaveValue(OWNER.name);

  // A rule that only the server knows: the list of common passwords.
  await page.getByLabel("E-mail address").fill(OWNER.email);
  await page.getByLabel("Password", PASSWORD).fill("password123");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Choose another password");
  await expect(page.getByLabel("E-mail address")).toHaveValue(OWNER.email);
});

test("Back and a change of language lose nothing", async ({ page }) => {
  await page.goto("/setup");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByRole("button", { name: "Back" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("Your name")).toHaveValue(OWNER.name);
  await page.getByRole("button", { name: "Back" }).click();
  await page.getByRole("button", { name: "Español" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await page.getByRole("button", { name: "Continuar" }).click();
  await expect(page.getByRole("textbox").first()).toHaveValue(OWNER.name);
});

test("a double click and a second tab make one administrator and a friendly page", async ({
  page,
  context,
  installation,
}) => {
  const other = await context.newPage();
  await other.goto("/setup");
  await page.goto("/setup");
  for (const tab of [page, other]) {
    await tab.getByRole("button", { name: "Continue" }).click();
    await tab.getByLabel("Your name").fill(OWNER.name);
    await tab.getByLabel("E-mail address").fill(OWNER.email);
    await tab.getByLabel("Password", PASSWORD).fill(OWNER.password);
  }
  await page.getByRole("button", { name: "Create administrator" }).dblclick();
  await expect(page).toHaveURL(/\/setup\/done$/);
  await other.getByRole("button", { name: "Create administrator" }).click();
  await expect(
    other.getByText(/completed the setup in the meantime|Already set up|Users/).first(),
  ).toBeVisible();
  expect(await installation.sql("SELECT count(*)::int AS n FROM users")).toEqual([{ n: 1 }]);
});

test.describe("from another machine", () => {
  test.use({ extraHTTPHeaders: { "x-forwarded-for": "203.0.113.7" } });

  test("the token comes from the link, leaves the address bar and opens", async ({
    page,
    installation,
  }) => {
    const token = await installation.setupToken();
    await page.goto(`/setup#token=${token}`);
    await expect(page).toHaveURL(/\/setup$/);
    await page.getByRole("button", { name: "Continue" }).click();
    // A second press while the first is being judged leads to the same step.
    await expect(page.getByLabel("Setup token")).toBeVisible();
    await expect(page.getByLabel("Setup token")).toHaveValue(token);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByLabel("Your name").fill(OWNER.name);
    await page.getByLabel("E-mail address").fill(OWNER.email);
    await page.getByLabel("Password", PASSWORD).fill(OWNER.password);
    await page.getByRole("button", { name: "Create administrator" }).click();
    await expect(page).toHaveURL(/\/setup\/done$/);
  });

  test("a wrong token is told at its own step, and counted once", async ({
    page,
    installation,
  }) => {
    await page.goto("/setup");
    const go = page.getByRole("button", { name: "Continue" });
    await go.click();
    const field = page.getByLabel("Setup token");
    await field.fill("wrong");
    await go.dblclick();
    const summary = page.getByRole("alert").filter({ hasText: "Setup token" });
    await expect(summary).toBeFocused();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await go.click();
    await expect(summary).toBeFocused();
    await expect(page.getByLabel("Your name")).toBeHidden();

    await field.fill(await installation.setupToken());
    await go.click();
    await page.getByLabel("Your name").fill(OWNER.name);
    await page.getByLabel("E-mail address").fill(OWNER.email);
    await page.getByLabel("Password", PASSWORD).fill(OWNER.password);
    await page.getByRole("button", { name: "Create administrator" }).click();
    await expect(page).toHaveURL(/\/setup\/done$/);
    await expect(page.getByText("1 was tried")).toBeVisible();
  });

  test("guesses at its step are limited like all others", async ({ page, installation }) => {
    await page.goto("/setup");
    const go = page.getByRole("button", { name: "Continue" });
    await go.click();
    const field = page.getByLabel("Setup token");
    const refused = page.getByRole("alert").filter({ hasText: "Too many attempts" });
    for (let guess = 1; guess <= 12 && !(await refused.isVisible()); guess++) {
      await field.fill(`guess ${guess}`);
      const answer = page.waitForResponse((response) => response.request().method() === "POST");
      await go.click();
      await answer;
      await expect(page.getByRole("alert").first()).toBeFocused();
    }
    await expect(refused).toBeVisible();
    const [counted] = await installation.sql("SELECT sum(count)::int AS n FROM setup_attempts");
    expect(counted?.["n"]).toBe(10);
    // Not even the right one is judged now, and nothing else is asked for.
    await field.fill(await installation.setupToken());
    await go.click();
    await expect(refused).toBeFocused();
    await expect(page.getByLabel("Your name")).toBeHidden();
  });
});

test("the token is asked for when it was not needed as the page was made, and the whole link will do", async ({
  page,
  installation,
}) => {
  await page.goto("/setup");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("E-mail address").fill(OWNER.email);
  await page.getByLabel("Password", PASSWORD).fill(OWNER.password);
  // From here on, elsewhere: as good as half an hour later.
  await page.setExtraHTTPHeaders({ "x-forwarded-for": "203.0.113.7" });
  await page.getByRole("button", { name: "Create administrator" }).click();
  const field = page.getByLabel("Setup token");
  await expect(field).toBeVisible();
  await expect(page.getByRole("alert").first()).toContainText("Paste the setup token");
  await field.fill(`${installation.baseUrl}/setup#token=${await installation.setupToken()}`);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("Your name")).toHaveValue(OWNER.name);
  await expect(page.getByLabel("Password", PASSWORD)).toHaveValue(OWNER.password);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page).toHaveURL(/\/setup\/done$/);
});

claimedTest("once claimed, /setup is a 404 that leads to the sign-in", async ({ page }) => {
  const response = await page.goto("/setup");
  expect(response?.status()).toBe(404);
  await page.getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/login/);
});
