import { TOTP } from "otpauth";
import en from "../../messages/en.json" with { type: "json" };
import es from "../../messages/es.json" with { type: "json" };
import { accessToken } from "../support/claimed";
import { enter, expect, expectFineWhenNarrow, inLook, LOOKS, OWNER, test } from "./fixtures";

/** The beginning of a message, up to what is filled in. */
const until = (message: string) => message.split("{")[0] ?? "";

for (const [colorScheme, locale] of LOOKS) {
  const words = locale === "en" ? en : es;
  test.describe(`${colorScheme}, ${locale}, 320 pixels`, () => {
    test.use(inLook([colorScheme, locale], 320));

    test("a role requires a second factor: reminded, then shut until it is set up, then open", async ({
      page,
      installation,
    }) => {
      test.setTimeout(120_000);
      const token = await accessToken(installation);
      const created = await fetch(`${installation.baseUrl}/v1/users`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({
          email: "grace@example.com",
          role: "predefined_super_admin",
          password: OWNER.password,
        }),
      });
      const { id } = (await created.json()) as { id: string };
      await enter(page, installation);
      await expect(page).toHaveURL(/\/users$/);

      // What is wrong is said and nothing typed is lost.
      await page.goto("/roles/predefined_super_admin");
      await expect(page.locator("#graceDays")).toBeHidden();
      await page.getByLabel(words.rolesPage.factor.require).check();
      await page.locator("#graceDays").fill("91");
      await page.getByRole("button", { name: words.rolesPage.factor.save }).click();
      await expect(page.getByText(words.rolesPage.rules.graceDaysInvalid)).toBeVisible();
      await expect(page.locator("#graceDays")).toHaveValue("91");
      await expect(page.locator("input[name=secondFactor]")).toBeChecked();
      await expectFineWhenNarrow(page);
      await page.locator("#graceDays").fill("7");
      await page.getByRole("button", { name: words.rolesPage.factor.save }).click();
      await expect(page).toHaveURL(/\/roles\?saved=predefined_super_admin$/);
      await expect(
        page.getByRole("listitem").filter({ hasText: words.roles.predefined_super_admin }).first(),
      ).toContainText(words.rolesPage.factor.badge);
      await expect(page.getByText(until(words.secondFactor.dueNotice))).toBeVisible();
      await expectFineWhenNarrow(page);
      await page.goto("/roles/predefined_super_admin");
      await expect(page.locator("#graceDays")).toHaveValue("7");
      await expect(page.getByRole("link", { name: OWNER.name })).toBeVisible();

      // Before the time is over: a reminder, and nothing in the way.
      await page.goto(`/users/${id}`);
      await expect(page.getByText(until(words.userDetail.factorDue))).toBeVisible();
      await expect(page.getByText(until(words.secondFactor.dueNotice))).toBeVisible();
      await expectFineWhenNarrow(page);
      await page.getByRole("link", { name: words.secondFactor.dueNoticeLink }).click();
      await expect(page).toHaveURL(/\/account\/second-factor$/);
      await expect(page.getByText(until(words.secondFactor.dueNotice))).toHaveCount(0);
      await page.goto("/users");
      await expect(page.getByRole("row", { name: /grace@example.com/ })).toBeVisible();

      // After it: nothing but setting one up.
      await installation.sql(
        "UPDATE roles SET second_factor_required_since = now() - interval '8 days' WHERE second_factor_grace_days > 0; UPDATE users SET created_at = now() - interval '9 days'",
      );
      for (const path of ["/users", "/account", "/roles/predefined_super_admin", "/setup/done"]) {
        await page.goto(path);
        await expect(page).toHaveURL(/\/account\/second-factor$/);
      }
      await expect(page.getByRole("heading", { name: words.secondFactor.mustTitle })).toBeVisible();
      await expect(page.locator("header nav a")).toHaveCount(0);
      await expectFineWhenNarrow(page);
      await page.getByRole("button", { name: words.secondFactor.setUp }).click();
      const secret = (await page.locator("p.select-all").textContent())?.replaceAll(" ", "") ?? "";
      await expectFineWhenNarrow(page);
      await page.locator("#code").fill(new TOTP({ secret }).generate());
      await page.getByRole("button", { name: words.secondFactor.confirm }).click();
      await expect(page.locator("ol.font-mono li")).toHaveCount(10);

      // Open at once: the sections are back, and no sign-in was needed.
      await expect(page.locator("header nav a[href='/users']")).toBeVisible();
      await expectFineWhenNarrow(page);
      await page.locator("header nav a[href='/users']").click();
      await expect(page.getByRole("row", { name: /grace@example.com/ })).toBeVisible();

      await page.goto("/roles/predefined_super_admin");
      await expect(page.getByRole("link", { name: "grace@example.com" })).toBeVisible();
      await expect(page.getByRole("link", { name: OWNER.name })).toHaveCount(0);

      // Whoever takes the last one off is where they began.
      await page.goto("/account/second-factor");
      await expect(page.getByText(words.secondFactor.turnOffWarningRequired)).toBeVisible();
      await page.getByRole("button", { name: words.secondFactor.turnOff }).click();
      await expect(page.getByRole("heading", { name: words.secondFactor.mustTitle })).toBeVisible();
      await page.goto("/users");
      await expect(page).toHaveURL(/\/account\/second-factor$/);
      const answer = await fetch(`${installation.baseUrl}/v1/users`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(await answer.json()).toMatchObject({ code: "SECOND_FACTOR_SETUP_REQUIRED" });
    });
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("it is required, and taken back", async ({ page, installation }) => {
    await enter(page, installation, "/roles/predefined_user");
    await page.getByLabel("Require a second factor").check();
    await page.getByLabel("Days of grace").fill("5");
    await page.getByRole("button", { name: "Save requirement" }).click();
    await expect(page.getByText("The role User is saved.")).toBeVisible();
    await page.goto("/roles/predefined_user");
    await expect(page.getByLabel("Days of grace")).toHaveValue("5");
    await page.getByLabel("Require a second factor").uncheck();
    await page.getByRole("button", { name: "Save requirement" }).click();
    await expect(page.getByText("The role User is saved.")).toBeVisible();
    await expect(page.getByText("Second factor required")).toHaveCount(0);
  });
});
