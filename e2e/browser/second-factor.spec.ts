import { TOTP } from "otpauth";
import type { Page } from "playwright/test";
import { databaseEnv, runLatchkey } from "../support/latchkey";
import {
  addAuthenticator,
  admit,
  expect,
  expectNoViolations,
  HOME,
  OWNER,
  signIn,
  test,
} from "./fixtures";

/** The code that an app with this key shows now. */
const codeOf = (secret: string) => new TOTP({ secret }).generate();

/** Turns the second factor on; returns the app's key, the code that was used for it, and the recovery codes. */
async function enrol(page: Page): Promise<{ secret: string; used: string; codes: string[] }> {
  await page.goto("/account/security");
  await page.getByRole("link", { name: "Set up a second factor" }).click();
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  const shown = await page.locator("p.select-all").textContent();
  const secret = shown?.replaceAll(" ", "") ?? "";
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  await page.getByLabel("Code from the app").fill("000000");
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByText("This code is not right")).toBeVisible();
  const used = codeOf(secret);
  await page.getByLabel("Code from the app").fill(used);
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("heading", { name: "Keep these recovery codes" })).toBeVisible();
  const codes = await page.locator("ol li.font-mono, ol.font-mono li").allTextContents();
  expect(codes).toHaveLength(10);
  await page.getByLabel(/Type one of the codes/).fill(codes[3] ?? "");
  await expect(page.getByRole("status").filter({ hasText: "Kept" })).toBeVisible();
  await page.getByRole("link", { name: "Done" }).click();
  await expect(page.getByText("On. Signing in takes more than the password.")).toBeVisible();
  return { secret, used, codes };
}

test.beforeEach(async ({ page, installation }) => {
  await admit(page, installation);
});

test("password and code, each code once, a recovery code once, the operator's way out", async ({
  page,
  installation,
}) => {
  test.setTimeout(120_000);
  const { secret, used, codes } = await enrol(page);
  const credentials = { email: OWNER.email, password: OWNER.password };
  const login = (code?: string) =>
    installation.rawPost("/api/auth/login", { ...credentials, ...(code && { code }) });

  // In the browser: the password alone leads to the second step, a used code no further.
  await page.context().clearCookies();
  await page.goto("/login?next=/account");
  await page.getByLabel("E-mail address").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByLabel("Code")).toBeFocused();
  await expectNoViolations(page);
  await page.getByLabel("Code").fill(used);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("used before")).toBeVisible();
  await installation.sql("UPDATE totp_factors SET last_step = 0");
  await page.getByLabel("Code").fill(codeOf(secret));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/account$/);

  // Whoever had to take a recovery code is told what is left, and led on.
  await page.context().clearCookies();
  await page.goto("/login?next=/account");
  await page.getByLabel("E-mail address").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Code").fill(codes[1] ?? "");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("You signed in with a recovery code. 9 are left.")).toBeVisible();
  await expectNoViolations(page);
  await expect(page.getByRole("link", { name: "The phone is lost" })).toHaveAttribute(
    "href",
    "/account/second-factor/replace",
  );
  await page.getByRole("link", { name: "It is not lost: go on" }).click();
  await expect(page).toHaveURL(/\/account$/);

  // By API.
  expect((await login()).json).toMatchObject({ code: "SECOND_FACTOR_REQUIRED" });
  expect((await login("123")).json).toMatchObject({ code: "INVALID_SECOND_FACTOR" });
  const wrong = await installation.rawPost("/api/auth/login", {
    ...credentials,
    password: "not the password",
    code: codes[0],
  });
  expect(wrong.json).toMatchObject({ code: "INVALID_CREDENTIALS" });

  // A recovery code typed carelessly opens once, also when it is sent many times at the same moment.
  const careless = (codes[0] ?? "").toUpperCase().replaceAll("-", " ");
  const answers = await Promise.all(Array.from({ length: 8 }, () => login(careless)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  await installation.sql("DELETE FROM rate_limits; UPDATE totp_factors SET last_step = 0");
  const code = codeOf(secret);
  const twice = await Promise.all([login(code), login(code)]);
  expect(twice.map(({ status }) => status).sort()).toEqual([200, 401]);

  // Guesses run out, for this client and account.
  const guesses = [];
  for (let guess = 0; guess < 7; guess++) guesses.push((await login("000000")).status);
  expect(guesses).toContain(429);

  // Nothing that opens the account is readable in the database.
  const dump = JSON.stringify([
    await installation.sql("SELECT * FROM totp_factors"),
    await installation.sql("SELECT * FROM recovery_codes"),
    await installation.sql("SELECT * FROM audit_events"),
  ]);
  expect(dump).not.toContain(secret);
  for (const each of codes) expect(dump).not.toContain(each);
  for (const each of [secret, ...codes]) expect(installation.logs()).not.toContain(each);

  const env = { ...databaseEnv(installation.databaseUrl), DATA_DIR: installation.dataDir };
  const off = await runLatchkey(["admin", "disable-2fa", "--email", OWNER.email], env);
  expect(off.code).toBe(0);
  await page.goto("/account");
  await expect(page).toHaveURL(/\/login/);
  expect((await login()).status).toBe(200);
});

test("changing it asks for the password again; turned off, the password is enough", async ({
  page,
  installation,
}) => {
  await enrol(page);
  await installation.sql("UPDATE sessions SET confirmed_at = now() - interval '16 minutes'");
  await page.goto("/account/second-factor");
  await expect(page).toHaveURL(/\/account\/confirm/);
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("This is not your password")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText(/^On since/)).toBeVisible();
  await expectNoViolations(page);
  await page.getByRole("button", { name: "Make new recovery codes" }).click();
  await expect(page.getByRole("heading", { name: "Keep these recovery codes" })).toBeVisible();
  await page.goto("/account/second-factor");

  // What an old page of an unconfirmed session sends is refused as well.
  await installation.sql("UPDATE sessions SET confirmed_at = now() - interval '16 minutes'");
  await page.getByRole("button", { name: "Turn off" }).click();
  await expect(page).toHaveURL(/\/account\/confirm/);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByRole("button", { name: "Set up an authenticator app" })).toBeVisible();
  await page.context().clearCookies();
  await signIn(page, OWNER);
  await expect(page).toHaveURL(HOME);
});

test("a passkey signs in by itself, and stands beside the password as second factor", async ({
  page,
  installation,
}) => {
  const { devtools, authenticatorId } = await addAuthenticator(page);
  await page.goto("/account/second-factor");
  await page.getByLabel("Name of the new passkey").fill("Laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("heading", { name: "Keep these recovery codes" })).toBeVisible();
  const [recoveryCode = ""] = await page.locator("ol.font-mono li").allTextContents();
  await page.goto("/account/second-factor");
  await expect(page.getByRole("listitem").filter({ hasText: "Laptop" })).toContainText("Not used");
  await expectNoViolations(page);

  // Without the password.
  await page.context().clearCookies();
  await page.goto("/login?next=/account");
  await page.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(page).toHaveURL(/\/account$/);

  // The password alone is not enough any more; the passkey or a recovery code finishes it.
  const credentials = { email: OWNER.email, password: OWNER.password };
  const login = (code?: string) =>
    installation.rawPost("/v1/auth/login", { ...credentials, ...(code && { code }) });
  expect((await login()).json.code).toBe("SECOND_FACTOR_REQUIRED");
  expect((await login(recoveryCode)).status).toBe(200);
  await page.context().clearCookies();
  await signIn(page, OWNER);
  await expect(page.getByLabel("Code")).toBeFocused();
  await page.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(page).toHaveURL(HOME);

  // A copied authenticator: its counter has fallen behind.
  await installation.sql("UPDATE passkeys SET counter = 1000000");
  await page.context().clearCookies();
  await page.goto("/login");
  await page.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(page.getByText("does not open an account here")).toBeVisible();
  await installation.sql("UPDATE passkeys SET counter = 0");

  // A disabled owner: refused as anybody else.
  await installation.sql(
    "SET session_replication_role = replica; UPDATE users SET status = 'disabled'",
  );
  await page.goto("/login");
  await page.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(page.getByText("does not open an account here")).toBeVisible();
  await installation.sql(
    "SET session_replication_role = replica; UPDATE users SET status = 'active'",
  );
  await page.goto("/login");

  await page.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(page).toHaveURL(HOME);
  await page.goto("/account/second-factor");
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Laptop" })).toHaveCount(0);
  expect((await login()).status).toBe(200);
  expect(await installation.sql("SELECT * FROM recovery_codes")).toEqual([]);
  await devtools.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
});

test("a passkey is offered while the address is typed, until another way is taken", async ({
  page,
}) => {
  const { devtools, authenticatorId } = await addAuthenticator(page, { offers: true });
  await page.goto("/account/second-factor");
  await page.getByLabel("Name of the new passkey").fill("Laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("heading", { name: "Keep these recovery codes" })).toBeVisible();
  await page.context().clearCookies();
  const touched = (enabled: boolean) =>
    devtools.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
  await touched(false);

  // What the browser is asked for, and whether that was taken back.
  await page.addInitScript(() => {
    const { credentials } = navigator;
    const get = credentials.get.bind(credentials);
    const asked: CredentialRequestOptions[] = [];
    Object.assign(window, { asked });
    credentials.get = (options) => {
      if (options) asked.push(options);
      return get(options);
    };
  });
  const asked = () =>
    page.evaluate(() =>
      (window as unknown as { asked: CredentialRequestOptions[] }).asked.map(
        ({ mediation, signal }) => `${mediation} ${signal?.aborted ? "taken back" : "open"}`,
      ),
    );
  await page.goto("/login?next=/account");
  await expect(page.getByLabel("E-mail address")).toHaveAttribute(
    "autocomplete",
    "username webauthn",
  );
  await expect.poll(asked).toEqual(["conditional open"]);
  const signInWith = async (password: string) => {
    await page.getByLabel("E-mail address").fill(OWNER.email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
  };
  await signInWith("not this one");
  await expect(page.getByRole("alert").first()).toContainText("do not open an account here");
  await expect.poll(asked).toEqual(["conditional taken back", "conditional open"]);
  await signInWith(OWNER.password);
  await expect(page.getByLabel("Code")).toBeFocused();
  await expect.poll(asked).toEqual(["conditional taken back", "conditional taken back"]);

  await touched(true);
  await page.goto("/login?next=/account");
  await expect(page).toHaveURL(/\/account$/);
  await devtools.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("enrolment and the second step work", async ({ page, installation }) => {
    await page.goto("/account/second-factor");
    await page.getByRole("button", { name: "Set up an authenticator app" }).click();
    const shown = await page.locator("p.select-all").textContent();
    const secret = shown?.replaceAll(" ", "") ?? "";
    await page.getByLabel("Code from the app").fill(codeOf(secret));
    await page.getByRole("button", { name: "Turn on" }).click();
    await expect(page.getByRole("heading", { name: "Keep these recovery codes" })).toBeVisible();
    await page.context().clearCookies();
    await installation.sql("UPDATE totp_factors SET last_step = 0");
    await page.goto("/login");
    await page.getByLabel("E-mail address").fill(OWNER.email);
    await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("Code").fill(codeOf(secret));
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(HOME);

    // Another phone: the old app counts until the new one has shown a code.
    await page.goto("/account/second-factor");
    await page.getByRole("link", { name: "Replace the app" }).click();
    await page.getByLabel("Code of the present app").fill("000000");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("This code is not right, or was used before.")).toBeVisible();
    await installation.sql("UPDATE totp_factors SET last_step = 0");
    await page.getByLabel("Code of the present app").fill(codeOf(secret));
    await page.getByRole("button", { name: "Continue" }).click();
    const next = (await page.locator("p.select-all").textContent())?.replaceAll(" ", "") ?? "";
    expect(next).not.toBe(secret);
    await page.getByLabel("Code from the app").fill("000000");
    await page.getByRole("button", { name: "Replace" }).click();
    await expect(page.getByText("Wait for the next one")).toBeVisible();
    await page.getByLabel("Code from the app").fill(codeOf(next));
    await page.getByRole("button", { name: "Replace" }).click();
    await expect(page.locator("ol.font-mono li")).toHaveCount(10);
    await page.getByRole("link", { name: "Done" }).click();
    await expect(page.getByRole("link", { name: "Replace the app" })).toBeVisible();
  });
});
