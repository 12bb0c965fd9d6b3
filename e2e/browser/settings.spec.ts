import { readFileSync } from "node:fs";
import { enter, expect, test } from "./fixtures";

const IMAGE = readFileSync("app/apple-icon.png");

test("a name, a colour and a mark are what everybody sees from then on", async ({
  page,
  installation,
}) => {
  await enter(page, installation, "/");
  await page.getByRole("navigation").getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");

  const name = page.getByLabel("Name", { exact: true });
  await name.fill("x".repeat(61));
  const save = page.locator("#identity").getByRole("button", { name: "Save" });
  await save.click();
  await expect(page.locator("#name-error")).toHaveText("A name has at most 60 characters.");
  await expect(name).toHaveValue("x".repeat(61));
  await name.fill("Example Accounts");
  await page.getByRole("textbox", { name: "Accent colour", exact: true }).fill("#2563eb");
  await save.click();
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  await expect(page).toHaveTitle("Settings · Example Accounts");
  await expect(page.getByRole("banner")).toContainText("Example Accounts");

  const file = page.getByLabel("Image");
  const keep = page.locator("#mark").getByRole("button", { name: "Save" });
  await file.setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.alloc(70_000) });
  await keep.click();
  await expect(page.locator("#mark-file-error")).toContainText("more than 48 KiB");
  await file.setInputFiles({ name: "a.svg", mimeType: "image/png", buffer: Buffer.from("<svg/>") });
  await keep.click();
  await expect(page.locator("#mark-file-error")).toContainText("no whole PNG");
  await file.setInputFiles({ name: "a.png", mimeType: "image/png", buffer: IMAGE });
  await keep.click();
  await expect(page.getByRole("banner").locator('img[src^="/v1/settings/mark?"]')).toBeVisible();

  await page.goto("/audit?action=settings.updated");
  await expect(page.getByRole("main")).toContainText("changed the settings");
  await expect(page.getByRole("main")).toContainText("Accent colour: none → #2563eb");

  await page.context().clearCookies();
  await page.goto("/login");
  await expect(page).toHaveTitle("Sign in · Example Accounts");
  const button = page.getByRole("button", { name: "Sign in", exact: true });
  await expect(button).toHaveCSS("background-color", "rgb(37, 99, 235)");

  // What the server keeps in memory is not the test's own.
  await enter(page, installation, "/settings");
  await page.getByRole("button", { name: "Use the mark of Latchkey again" }).click();
  await expect(page.getByRole("banner").locator("img")).toHaveCount(0);
  await page.getByLabel("Name", { exact: true }).fill("");
  await page.getByRole("textbox", { name: "Accent colour", exact: true }).fill("");
  await save.click();
  await expect(page).toHaveTitle("Settings · Latchkey");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a setting is saved all the same, and what is wrong is said", async ({
    page,
    installation,
  }) => {
    await enter(page, installation, "/settings");
    const accent = page.getByRole("textbox", { name: "Accent colour", exact: true });
    await accent.fill("blue");
    await page.locator("#identity").getByRole("button", { name: "Save" }).click();
    await expect(page.locator("#accent-error")).toContainText("such as #2563eb");
    await accent.fill("");
    await page.locator("#identity").getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();

    const origins = page.getByRole("textbox", { name: "Allowed origins" });
    const save = page.locator("#origins").getByRole("button", { name: "Save" });
    await origins.fill("https://*.example.com");
    await save.click();
    await expect(page.locator("#allowedOrigins-error")).toContainText("No path, no *.");
    await origins.fill("https://App.example.com/\nhttp://localhost:5173");
    await save.click();
    await expect(origins).toHaveValue("https://app.example.com\nhttp://localhost:5173");
    await origins.fill("");
    await save.click();
    await expect(origins).toHaveValue("");
  });
});
