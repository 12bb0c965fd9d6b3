import type { Page } from "playwright/test";
import { pathsOf } from "../access/there-is";
import { clippedTexts } from "./clipped-texts";
import { fillPages } from "./fill-pages";
import { enter, expect, inLook, OWNER, unclaimedTest as test } from "./fixtures";

/** Whatever stands on a page and is nobody's words: names and addresses of this test, of the product, and of machines. */
const DATA =
  /\b(Latchkey|English|Pseudo|Ada|Owner|Grace|Hopper|wolfe\w+ \d|Soporte|LATCHKEY|Firefox|Linux|Windows|UTC|CSV|Ctrl|Esc|Enter|https?:\S+|[\w.+-]+@[\w.-]+|[\w-]+:\d+|\w*\.(com|json|csv)|\d{1,2} [a-z]{3,4}|[A-Z]{1,2})\b/g;

/**
 * What is seen or spoken and comes from no file of messages, and what was put together of two that do.
 *
 * @param data what else is no words
 */
function foreignTexts(page: Page, data: RegExp) {
  return page.evaluate(
    ([source, flags]) => {
      const data = new RegExp(source, flags);
      const found = new Set<string>();
      /** Not words: times, what one types, what was typed, what is in a language of its own. */
      const apart =
        "time, code, kbd, pre, bdi, .font-mono, script, style, noscript, textarea, [lang]:not(html)";
      const judge = (text: string, where: string) => {
        let left = text;
        for (let before = ""; before !== left; ) {
          before = left;
          left = left.replace(/⟦[^⟦⟧]*⟧/g, "◆");
        }
        left = left.replace(data, "");
        if (/[A-Za-z]{2,}/.test(left)) found.add(`${where}: ${text.trim()}`);
      };
      const blocks = new Map<Element, string>();
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        const holder = text.parentElement;
        if (!holder?.checkVisibility({ visibilityProperty: true })) continue;
        const said = holder.closest(apart) ? "0" : (text.textContent ?? "");
        let block: Element = holder;
        while (/^(inline|contents)$/.test(getComputedStyle(block).display) && block.parentElement)
          block = block.parentElement;
        blocks.set(block, (blocks.get(block) ?? "") + said);
        // Two messages one after the other in one element, and the first is no sentence.
        let run = text.textContent ?? "";
        for (
          let next = text.nextSibling;
          next?.nodeType === Node.TEXT_NODE;
          next = next.nextSibling
        )
          run += next.textContent;
        if (/[^.:?]⟧\s*⟦/.test(run)) found.add(`put together: ${run}`);
      }
      for (const [block, text] of blocks) judge(text, block.tagName);
      for (const name of ["aria-label", "title", "placeholder", "alt", "aria-valuetext"]) {
        for (const element of document.querySelectorAll(`[${name}]`)) {
          if (element.matches("time, .font-mono")) continue;
          if (element.checkVisibility()) judge(element.getAttribute(name) ?? "", `@${name}`);
        }
      }
      judge(document.title, "title");
      return [...found];
    },
    [data.source, data.flags] as const,
  );
}

const WIDTH = 390;

/** Nothing that is not from the catalogue, nothing cut off, nothing beside the window. */
async function judge(page: Page, where: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  expect.soft(await foreignTexts(page, DATA), `${where} says what is in no catalogue`).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(width, `${where} is wider than the window`).toBeLessThanOrEqual(WIDTH);
  expect.soft(await clippedTexts(page), `${where} cuts off`).toEqual([]);
  const folder = process.env["PSEUDO_SCREENS"];
  if (folder)
    await page.screenshot({
      path: `${folder}/${where.replaceAll(/\W+/g, "-")}.png`,
      fullPage: true,
    });
}

test("what is said without the catalogue is found, and what is put together", async ({ page }) => {
  await page.setContent(`<html lang="es"><title>⟦Hé⟧</title>
    <p>⟦Ţŵöö <b>ŵöŕðš</b> Ada Owner⟧</p> <p>⟦Ţĥé éñð.⟧ ⟦Ţĥé öţĥéŕ.⟧</p> <p>3 · <time>in May</time></p>
    <p>plain</p> <p>⟦Ŕöļé⟧: rest</p> <p id="run"></p> <a title="Open">⟦Ó⟧</a> <p hidden>hidden</p></html>`);
  await page.evaluate(() => document.querySelector("#run")?.append("⟦Ñéẋţ⟧", " ", "⟦þáĝé⟧"));
  expect(await foreignTexts(page, DATA)).toEqual([
    "put together: ⟦Ñéẋţ⟧ ⟦þáĝé⟧",
    "P: plain",
    "P: ⟦Ŕöļé⟧: rest",
    "@title: Open",
  ]);
});

test.describe("in a language of long words, from right to left", () => {
  test.use({
    ...inLook(["light", "es"], WIDTH),
    installationEnv: {
      NODE_OPTIONS: "--import ./e2e/support/pseudo-locale.mjs",
      PSEUDO_DIRECTION: "rtl",
    },
    // From elsewhere, so that there is the step of the setup token.
    extraHTTPHeaders: { "x-forwarded-for": "203.0.113.7" },
  });

  test("every screen is said by the catalogue, fits, and begins on the right", async ({
    page,
    installation,
  }) => {
    test.setTimeout(300_000);
    const go = page.locator("form button[type=submit].button-primary:visible");
    await page.goto("/setup");
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await judge(page, "setup");
    await go.click();
    await judge(page, "setup token");
    await page.locator("#setupToken").fill(await installation.setupToken());
    await go.click();
    await expect(page.locator("#password")).toBeVisible();
    await go.click();
    await expect(page.getByRole("alert").first()).toBeVisible();
    await judge(page, "setup administrator, refused");
    await page.locator("#name").fill(OWNER.name);
    await page.locator("#email").fill(OWNER.email);
    await page.locator("#password").fill(OWNER.password);
    await go.click();
    await expect(page).toHaveURL(/\/setup\/done$/);
    await judge(page, "setup done");
    await page.context().clearCookies();

    await page.goto("/login");
    await page.locator("#email").fill(OWNER.email);
    await page.locator("#password").fill("wrong");
    await page.locator("form:has(#password) button[type=submit]").click();
    await expect(page.getByRole("alert").first()).toBeVisible();
    await judge(page, "login, refused");
    await page.goto("/join");
    await judge(page, "join");

    const filled = await fillPages(installation, "wolfeschlegelsteinhausen", "203.0.113.9");
    await installation.sql(`
      INSERT INTO day_counts SELECT (now() AT TIME ZONE 'UTC')::date - back, what, 10 + back
      FROM generate_series(0, 29) AS back, (VALUES ('session.started'), ('session.refused')) AS whats (what)
      ON CONFLICT DO NOTHING`);
    await enter(page, installation, "/users");
    for (const { path } of pathsOf("page.tsx")) {
      if (["/setup", "/login", "/join", "/setup/done", "/docs/api"].includes(path)) continue;
      await page.goto(filled(path));
      await judge(page, path);
    }
    for (const path of [
      "/nada",
      "/roles/predefined_super_admin",
      "/users?search=zzz&status=disabled",
      "/audit?search=zzz",
    ]) {
      await page.goto(path);
      await judge(page, path);
    }

    await page.goto("/users");
    await page.locator("[popovertarget=account]").click();
    await judge(page, "account menu");
    await page.keyboard.press("Escape");
    await page.locator("tbody .actions button").last().click();
    await judge(page, "menu of a row");
    await page.keyboard.press("Escape");
    await page.getByRole("checkbox").nth(1).check();
    await expect(page.locator("[data-actions] button").first()).toBeVisible();
    await judge(page, "users with a selection");
    await page.locator("[data-actions] button").first().click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await judge(page, "a question about the selection");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("option").first()).toBeVisible();
    await judge(page, "palette");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog").getByRole("switch")).toBeVisible();
    await judge(page, "keys");
  });
});
