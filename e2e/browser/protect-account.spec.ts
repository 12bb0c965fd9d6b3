import { TOTP } from "otpauth";
import type { Locator } from "playwright/test";
import en from "../../messages/en.json" with { type: "json" };
import es from "../../messages/es.json" with { type: "json" };
import { PRODUCT } from "../../product";
import {
  addAuthenticator,
  claim,
  expect,
  expectFineWhenNarrow,
  HOME,
  inLook,
  LOOKS,
  OWNER,
  signIn,
  unclaimedTest as test,
} from "./fixtures";

/** Where whoever had to take a recovery code is led first. */
const RECOVERED = /\/account\/second-factor\?recovered=%2F$/;

/** What a camera sees of the code: how light it is in the corner, and in the middle of the first pattern. */
async function lightnessOf(code: Locator): Promise<{ around: number; pattern: number }> {
  const size = Number((await code.getAttribute("viewBox"))?.split(" ")[2]);
  const picture = (await code.screenshot()).toString("base64");
  return code.page().evaluate(
    async ({ picture, size }) => {
      const bytes = Uint8Array.from(atob(picture), (char) => char.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      if (!context) throw new Error("nothing to draw on");
      context.drawImage(bitmap, 0, 0);
      const lightnessAt = (module: number) => {
        const at = Math.round((module * bitmap.width) / size);
        const [red = 0, green = 0, blue = 0] = context.getImageData(at, at, 1, 1).data;
        return (red + green + blue) / 3;
      };
      return { around: lightnessAt(2), pattern: lightnessAt(7.5) };
    },
    { picture, size },
  );
}

for (const [colorScheme, locale] of LOOKS) {
  const words = locale === "en" ? en : es;
  const { protect, secondFactor } = words;
  test.describe(`${colorScheme}, ${locale}, 320 pixels`, () => {
    test.use(inLook([colorScheme, locale], 320));

    test("the setup ends with an authenticator app, ten codes, and one of them opens", async ({
      page,
    }) => {
      test.setTimeout(120_000);
      await page.goto("/setup");
      await page.locator("form:has(#password) button[type=submit]").click();
      await page.locator("#name").fill(OWNER.name);
      await page.locator("#email").fill(OWNER.email);
      await page.locator("#password").fill(OWNER.password);
      await page.locator("form:has(#password) button[type=submit]").click();
      await expect(page).toHaveURL(/\/setup\/done$/);
      await expectFineWhenNarrow(page);

      // One may look, go back, and begin again with the same key.
      const key = async () => (await page.locator("p.select-all").textContent()) ?? "";
      await page.getByRole("button", { name: protect.app }).click();
      await expect(page.getByRole("heading", { name: protect.title })).toBeFocused();
      const secret = await key();
      const drawn = page.getByRole("img", { name: secondFactor.qr });
      expect(await lightnessOf(drawn)).toEqual({ around: 255, pattern: 0 });
      await expect(page.getByRole("heading", { name: words.done.receipt })).toHaveCount(0);
      await expectFineWhenNarrow(page);
      await page.getByRole("link", { name: protect.back }).click();
      await expect(page.getByRole("heading", { name: words.done.receipt })).toBeVisible();
      await page.getByRole("button", { name: protect.app }).click();
      expect(await key()).toBe(secret);
      await page.locator("#code").fill("000000");
      await page.getByRole("button", { name: secondFactor.confirm }).click();
      await expect(page.getByText(secondFactor.wrongCode)).toBeVisible();
      const totp = new TOTP({ secret: secret.replaceAll(" ", "") });
      await page.locator("#code").fill(totp.generate());
      await page.getByRole("button", { name: secondFactor.confirm }).click();

      const codes = page.locator("ol.font-mono li");
      await expect(codes).toHaveCount(10);
      const [code = ""] = await codes.allTextContents();
      await expectFineWhenNarrow(page);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: secondFactor.download }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`${PRODUCT.command}-recovery-codes.txt`);

      // On paper: the codes and whose they are, and nothing of the page around them.
      const sheet = page.getByText(`${OWNER.email} `).filter({ hasText: new URL(page.url()).host });
      await expect(sheet).toBeHidden();
      await page.emulateMedia({ media: "print" });
      await expect(sheet).toBeVisible();
      await expect(codes).toHaveCount(10);
      await expect(codes.first()).toBeVisible();
      await expect(codes.first()).toHaveCSS("color", "rgb(0, 0, 0)");
      await expect(page.getByRole("button")).toHaveCount(0);
      await expect(page.getByRole("link")).toHaveCount(0);
      await expect(page.getByRole("heading")).toHaveCount(1);
      await page.emulateMedia({ media: "screen" });
      await page.getByLabel(secondFactor.proof).fill(code);
      await expect(page.getByText(secondFactor.proofDone, { exact: true })).toBeVisible();
      await page.getByRole("link", { name: protect.finish }).click();

      // Done, and on.
      await expect(page.getByText(protect.isOn)).toBeVisible();
      await expect(page.getByRole("button", { name: protect.app })).toHaveCount(0);
      await expectFineWhenNarrow(page);
      await page.getByRole("link", { name: words.done.go }).click();
      await expect(page).toHaveURL(HOME);

      await page.context().clearCookies();
      await page.goto("/login");
      await page.locator("#email").fill(OWNER.email);
      await page.locator("#password").fill(OWNER.password);
      await page.locator("form:has(#password) button[type=submit]").click();
      await page.locator("#code").fill(code);
      await page.locator("form:has(#code) button[type=submit]").click();
      await expect(page).toHaveURL(RECOVERED);
    });
  });
}

test("the setup ends with a passkey, and with codes all the same", async ({
  page,
  installation,
}) => {
  await addAuthenticator(page);
  await claim(page);
  await page.getByRole("button", { name: "With a passkey" }).click();
  await page.getByLabel("Name of the new passkey").fill("Laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.locator("ol.font-mono li")).toHaveCount(10);
  const [code = ""] = await page.locator("ol.font-mono li").allTextContents();
  await page.getByRole("link", { name: "Finish" }).click();
  await expect(page.getByText("Signing in takes more than the password now.")).toBeVisible();
  const { email, password } = OWNER;
  const answer = await installation.rawPost("/v1/auth/login", { email, password, code });
  expect(answer.status).toBe(200);
  await page.context().clearCookies();
  await page.goto("/login");
  await page.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(page).toHaveURL(HOME);
});

test("later is an answer too", async ({ page }) => {
  await claim(page);
  await page.getByRole("link", { name: /^Later/ }).click();
  await expect(page).toHaveURL(HOME);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the setup ends with an authenticator app", async ({ page }) => {
    await page.goto("/setup");
    await page.getByLabel("Your name").fill(OWNER.name);
    await page.getByLabel("E-mail address").fill(OWNER.email);
    await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
    await page.getByRole("button", { name: "Create administrator" }).click();
    await expect(page).toHaveURL(/\/setup\/done$/);
    await page.getByRole("button", { name: "With an authenticator app" }).click();
    const secret = (await page.locator("p.select-all").textContent()) ?? "";
    const totp = new TOTP({ secret: secret.replaceAll(" ", "") });
    await page.getByLabel("Code from the app").fill(totp.generate());
    await page.getByRole("button", { name: "Turn on" }).click();
    const codes = page.locator("ol.font-mono li");
    await expect(codes).toHaveCount(10);
    const [code = ""] = await codes.allTextContents();
    await page.getByRole("link", { name: "Finish" }).click();
    await expect(page.getByText("Signing in takes more than the password now.")).toBeVisible();
    await page.getByRole("link", { name: "Go home" }).click();
    await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
    await page.context().clearCookies();
    await signIn(page, OWNER);
    await page.getByLabel("Code").fill(code);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(RECOVERED);
  });
});
