import { claimByApi, expect, OWNER, test } from "./fixtures";

const LOOKS = {
  light: { viewport: { width: 1280, height: 860 }, colorScheme: "light", locale: "en-GB" },
  dark: { viewport: { width: 1280, height: 860 }, colorScheme: "dark", locale: "es-ES" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", locale: "es-ES" },
  narrow: { viewport: { width: 320, height: 640 }, colorScheme: "dark", locale: "en-GB" },
} as const;
for (const [look, options] of Object.entries(LOOKS)) {
  test.describe(look, () => {
    test.use({ ...options, contextOptions: { reducedMotion: "reduce" } });
    test("look", async ({ page, installation }) => {
      test.setTimeout(240_000);
      const token = await claimByApi(installation);
      const api = (method: string, path: string, body?: unknown, headers = {}) =>
        fetch(installation.baseUrl + path, {
          method,
          headers: {
            "content-type": "application/json",
            authorization: `Bearer ${token}`,
            ...headers,
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
      const made = (await (
        await api("POST", "/v1/users", {
          email: "grace.hopper@navy.example.com",
          name: "Grace Brewster Murray Hopper",
          role: "predefined_user",
          password: "a fine long passphrase",
        })
      ).json()) as { id: string };
      await api("PATCH", `/v1/users/${made.id}`, {
        metadata: {
          team: "compilers",
          rank: "Rear admiral",
          tags: ["cobol", "bug"],
          nested: { a: [1, 2, { b: null }] },
        },
      });
      const login = await fetch(`${installation.baseUrl}/api/auth/login`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "user-agent":
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
        },
        body: JSON.stringify({
          email: "grace.hopper@navy.example.com",
          password: "a fine long passphrase",
        }),
      });
      const { accessToken } = (await login.json()) as { accessToken: string };
      for (const body of [
        {
          name: "Nightly backup of the compilers",
          abilities: ["users:read", "audit:read"],
          expiresAt: new Date(Date.now() + 30 * 864e5).toISOString(),
        },
        { name: "CI", abilities: ["*"] },
      ])
        await fetch(`${installation.baseUrl}/v1/tokens`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${accessToken}` },
          body: JSON.stringify(body),
        });
      await page.goto("/login");
      await page.locator("#email").fill(OWNER.email);
      await page.locator("#password").fill(OWNER.password);
      await page.locator("form:has(#password) button[type=submit]").click();
      await expect(page).toHaveURL(/\/users$/);
      const shot = async (name: string, fullPage = true) => {
        await page.waitForTimeout(300);
        await page.screenshot({ path: `/tmp/detail-shots/${look}-${name}.png`, fullPage });
      };
      await page.goto(`/users/${made.id}`);
      await shot("1-page");
      await page.locator("#metadata-text").fill('{\n  "team": "compilers"\n  "rank": 1\n}');
      await page.locator("#name").fill("Grace M. Hopper");
      await api("PATCH", `/v1/users/${made.id}`, {
        name: "Grace Hopper",
        metadata: { team: "navy" },
      });
      await page.locator("form:has(#name) button[type=submit]").click();
      await expect(page.getByRole("alert").first()).toBeVisible();
      await page.locator("#email").fill("grace@");
      await page.locator("#email").blur();
      await shot("2-stale");
      await page.locator("#danger button").click();
      await page.locator("dialog button[type=submit]").click();
      await shot("3-delete", false);
      await page.keyboard.press("Escape");
      await page.locator("#signing-in button").click();
      await expect(page.locator("dialog")).toBeVisible();
      await shot("4-link", false);
      await page.keyboard.press("Escape");
      await page.locator("#sessions button").last().click();
      await shot("5-force", false);
      await page.keyboard.press("Escape");
      await page.goto("/account");
      await page.locator("form:has(#token-name) button[type=submit]").click();
      await expect(page.getByRole("alert").first()).toBeVisible();
      await shot("6-account");
      await page.locator("#token-name").fill("My laptop");
      await page.locator("form:has(#token-name) button[type=submit]").click();
      await expect(page.locator("#tokens")).toBeVisible();
      await shot("7-made");
      await page.goto("/users/00000000-0000-4000-8000-000000000000");
      await shot("8-unknown");
      const me = (await (await api("GET", "/v1/auth/me")).json()) as { id: string };
      await page.goto(`/users/${me.id}`);
      await shot("9-self");
    });
  });
}
