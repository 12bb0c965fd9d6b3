import { readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { test as base, type CDPSession, expect, type Page } from "playwright/test";
import { claimed, inBrowser } from "../support/claimed";
import { type Installation, startInstallation } from "../support/installation";
import { OWNER } from "../support/owner";

export { OWNER };

/**
 * An installation that OWNER has claimed, as good as new for each test: the server is the worker's, what the test
 * has written is taken back afterwards. And a page that fails the test for anything the browser complains of: a
 * script error, a refused resource (CSP), a 5xx; and for what is asked for before anybody wants it (decision 51).
 */
export const test = base.extend<
  { installation: Installation; complaints: string[] },
  // Both belong to any test, though it starts only what it uses: one with another set would need another worker.
  {
    shared: { installation: Installation; restore: () => Promise<void> };
    sharedOpen: { installation: Installation; reopen: () => Promise<void> };
  }
>({
  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const installation = await claimed();
      await use({ installation, restore: await installation.remember() });
      await installation.stop();
    },
    { scope: "worker", timeout: 300_000 }, // the first start may have to build the pages
  ],
  sharedOpen: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const installation = await startInstallation();
      const restore = await installation.remember();
      const token = await installation.setupToken();
      const tokenFile = path.join(installation.dataDir, "setup-token");
      const reopen = async () => {
        await restore();
        await rm(tokenFile, { force: true });
        await writeFile(tokenFile, `${token}\n`, { mode: 0o600 });
      };
      await use({ installation, reopen });
      await installation.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  installation: async ({ shared: { installation, restore } }, use) => {
    await use(installation);
    await restore();
  },
  baseURL: async ({ installation }, use) => use(installation.baseUrl),
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        // A refused form is a 4xx and expected; the browser reports it as an error all the same.
        const expected = /status of 4\d\d/.test(message.text());
        if (message.type() === "error" && !expected) complaints.push(message.text());
      });
      page.on("response", (response) => {
        if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`);
        if ("next-router-prefetch" in response.request().headers())
          complaints.push(`asked for ahead: ${response.url()}`);
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/**
 * An installation that nobody has claimed, for what happens before and while somebody does. The server is the worker's
 * unless the test wants another environment; a claim is taken back as `latchkey admin reopen` would, which the server
 * notices within five seconds.
 */
export const unclaimedTest = test.extend<{ installationEnv: Record<string, string> }>({
  installationEnv: [{}, { option: true }],
  installation: async ({ installationEnv, sharedOpen: { installation, reopen } }, use) => {
    if (Object.keys(installationEnv).length > 0) {
      const own = await startInstallation({ env: installationEnv });
      await use(own);
      await own.stop();
      return;
    }
    while (!(await isOpen(installation))) await sleep(200);
    await use(installation);
    await reopen();
  },
});

async function isOpen({ baseUrl }: Installation): Promise<boolean> {
  const answer = await fetch(`${baseUrl}/v1/auth/status`);
  return ((await answer.json()) as { needsSetup: boolean }).needsSetup;
}

export { expect };

/** Where an administrator is led after signing in. */
export const HOME = /^https?:\/\/[^/]+\/$/;

/**
 * Theme and language together. One is enough: contrast is judged in both themes whenever a page is (`violationsOf`), and
 * narrow.spec.ts sees every page in Spanish. ALL_LOOKS=1 runs all four.
 */
export const LOOKS = (
  [
    ["light", "en"],
    ["dark", "es"],
    ["dark", "en"],
    ["light", "es"],
  ] as const
).slice(0, process.env["ALL_LOOKS"] ? 4 : 1);

/** For `test.use`. Colours are judged where they come to rest, not on their way. */
export const inLook = ([colorScheme, locale]: (typeof LOOKS)[number], width?: number) => ({
  colorScheme,
  locale,
  contextOptions: { reducedMotion: "reduce" } as const,
  ...(width !== undefined && { viewport: { width, height: 640 } }),
});

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/**
 * What axe finds wrong with the page as it is now, and with its contrast in the other theme; there are no frames in ours.
 *
 * @param exclude selectors of what is not judged
 */
export async function violationsOf(page: Page, exclude: string[] = []) {
  // A document reads it once, however often it is looked at: half a megabyte takes longer than a look.
  if (!(await page.evaluate(() => "axe" in window)))
    await page.evaluate(await readFile(AXE, "utf8"));
  const found = await run(page, exclude);
  const dark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  await page.emulateMedia({ colorScheme: dark ? "light" : "dark" });
  const inOther = await run(page, exclude, ["color-contrast"]);
  await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
  return [...found, ...inOther];
}

/** @param rules by their ids; all without */
function run(page: Page, exclude: string[], rules?: string[]) {
  return page.evaluate(
    async ({ exclude, rules }) => {
      const { axe } = window as unknown as { axe: typeof import("axe-core") };
      const { violations } = await axe.run(
        { exclude },
        // What is right is not listed.
        { resultTypes: ["violations"], ...(rules && { runOnly: rules }) },
      );
      return violations.map(({ id, impact, nodes }) => ({
        id,
        impact,
        at: nodes.map(({ target }) => target),
      }));
    },
    { exclude, rules },
  );
}

/** @param state what the page shows, for the message */
export async function expectNoViolations(page: Page, state?: string): Promise<void> {
  // Where one is led on within a document its title comes a moment behind the content.
  await expect(page, state).toHaveTitle(/\S/);
  expect(await violationsOf(page), state).toEqual([]);
}

/** Accessible, and nothing wider than a window of 320 pixels. */
export async function expectFineWhenNarrow(page: Page): Promise<void> {
  await expectNoViolations(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, page.url()).toBeLessThanOrEqual(320);
}

/**
 * A device that makes passkeys, opened by its owner's finger whenever it is asked.
 *
 * @param offers whether the browser offers them while something is typed; this owner takes whatever is offered
 */
export async function addAuthenticator(
  page: Page,
  { offers = false } = {},
): Promise<{ devtools: CDPSession; authenticatorId: string }> {
  if (!offers) {
    await page.addInitScript(() => {
      if ("PublicKeyCredential" in window)
        PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    });
  }
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { devtools, authenticatorId };
}

/** Walks the wizard to its end as the owner at the server's own keyboard. */
export async function claim(page: Page, owner = OWNER): Promise<void> {
  await page.goto("/");
  await expect(page).toHaveURL(/\/setup$/);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Your name").fill(owner.name);
  await page.getByLabel("E-mail address").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(owner.password);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page).toHaveURL(/\/setup\/done$/);
}

export async function signIn(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("E-mail address").fill(who.email);
  await page.getByLabel("Password", { exact: true }).fill(who.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Has the browser belong to somebody who has signed in; for tests that are not about the signing in. */
export async function admit(
  page: Page,
  installation: Installation,
  email = OWNER.email,
): Promise<void> {
  const { cookie } = await inBrowser(installation, email);
  const [name = "", value = ""] = cookie.split("=");
  const { baseUrl } = installation;
  await page.context().addCookies([{ name, value, url: baseUrl, httpOnly: true, sameSite: "Lax" }]);
}

/** The same, and opens a page: the one that the test is about, for each costs half a second of computing. */
export async function enter(
  page: Page,
  installation: Installation,
  path = "/users",
  email = OWNER.email,
): Promise<void> {
  await admit(page, installation, email);
  await page.goto(new URL(path, installation.baseUrl).href);
}
