import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import type { Page } from "playwright/test";
import { storeUsers } from "../support/store-users";
import { enter, expect, expectNoViolations, LOOKS, test } from "./fixtures";

const CSV = [
  "email;name;role;Phone",
  "bea@example.com;Bea Arthur;;1",
  "not-an-address;Cid;;",
  "bea@example.com;Bea again;;",
  "rolf@example.com;Rolf;emperor;",
  `ann@example.com;${"A very long name ".repeat(20)};;`,
  "many@example.com;O, Neil;;;7",
  "ada@example.com;Ada;;",
  "dan@example.com;Dan;;",
].join("\r\n");
const FILE = { name: "spring.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) };

/** Every write to a job takes a while, so that its progress can be seen. */
const SLOW = `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN PERFORM pg_sleep(2); RETURN NEW; END $$;
  CREATE TRIGGER slow BEFORE UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION slow()`;
test.afterEach(({ installation }) => installation.sql("DROP FUNCTION IF EXISTS slow() CASCADE"));

test.describe("bulk actions and imports", () => {
  test.beforeEach(async ({ page, installation }) => {
    await enter(page, installation);
    await expect(page.getByRole("heading", { name: "Users", exact: true })).toBeVisible();
  });

  const bar = (page: Page) => page.getByRole("region", { name: "Selected users" });

  test("everybody a filter means is disabled: preview, progress that outlives the page, results", async ({
    page,
    installation,
  }) => {
    await storeUsers(installation, "sleepy", 1_200);
    await installation.sql(
      "UPDATE users SET status = 'disabled' WHERE email = 'sleepy-7@example.com'",
    );
    await page.goto("/users");
    await page
      .getByRole("checkbox", { name: /all|page/i })
      .first()
      .check();
    await page.getByRole("button", { name: /Select all 1,201/ }).click();
    await expect(bar(page)).toContainText("1,201 selected");
    await installation.sql(SLOW);
    await bar(page).getByRole("button", { name: "Disable" }).click();

    const dialog = page.getByRole("dialog", { name: "Disable 1,199 users?" });
    await expect(dialog.getByRole("list", { name: "1,199 users change" })).toContainText(
      "and 1,189 more",
    );
    await expect(dialog).toContainText("1 is disabled already");
    await expect(dialog).toContainText("You are left out");
    await expectNoViolations(page);
    await dialog.getByLabel("Reason").fill("Left in summer");
    await dialog.getByRole("button", { name: "Disable 1,199 users" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(bar(page)).toHaveCount(0);

    await expect(page.getByRole("progressbar", { name: "Disable users" })).toBeVisible();
    await page.goto("/account");
    await page.goto("/users");
    await page.getByRole("link", { name: "See each user" }).click();
    await expect(page.getByRole("heading", { name: "Disable users" })).toBeVisible();
    await expect(page.getByText("Finished: 1,199 users changed.")).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText("Reason: Left in summer")).toBeVisible();
    await page.getByRole("link", { name: "Only failed" }).click();
    await expect(page.getByRole("row")).toHaveCount(2);
    await expect(page.getByRole("row", { name: /ada@example.com/ })).toContainText(
      "Your own account is never part of a bulk action.",
    );
    await expectNoViolations(page);
    const started = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download as CSV" }).click();
    const file = await readFile(await (await started).path(), "utf8");
    expect(file).toContain("ada@example.com,rejected,Your own account");
    expect(
      await installation.sql(`SELECT count(*)::int AS n FROM users
        WHERE status = 'disabled' AND disabled_reason = 'Left in summer'`),
    ).toEqual([{ n: 1_199 }]);
  });

  test("among the disabled, enabling stands in the bar and disabling behind it", async ({
    page,
    installation,
  }) => {
    await storeUsers(installation, "away", 2);
    await installation.sql("UPDATE users SET status = 'disabled' WHERE email LIKE 'away-%'");
    await page.goto("/users?status=disabled");
    await page.getByRole("checkbox", { name: "Select all on this page" }).first().check();
    await expect(bar(page).getByRole("button")).toHaveText(["", "Enable", "Change role", "More"]);
    await bar(page).getByRole("button", { name: "More" }).click();
    await expect(page.getByRole("menuitem").first()).toHaveText("Disable");
    await page.keyboard.press("Escape");
    await bar(page).getByRole("button", { name: "Enable" }).click();
    await page.getByRole("button", { name: "Enable 2 users" }).click();
    await expect
      .poll(() => installation.sql("SELECT 1 FROM users WHERE status = 'disabled'"))
      .toEqual([]);
  });

  test("a running job is stopped; what is done stays and the rest is told", async ({
    page,
    installation,
  }) => {
    await storeUsers(installation, "u", 3_000);
    await installation.sql(SLOW);
    await page.goto("/users?search=u-");
    await page
      .getByRole("checkbox", { name: /all|page/i })
      .first()
      .check();
    await page.getByRole("button", { name: /Select all 3,000/ }).click();
    await bar(page).getByRole("button", { name: "Change role" }).click();
    await page.getByLabel("New role").selectOption("predefined_super_admin");
    await page.getByRole("button", { name: "Change 3,000 users" }).click();
    await page.getByRole("link", { name: "See each user" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(page.getByText("This was stopped by hand.")).toBeVisible({ timeout: 30_000 });
    const [row] = await installation.sql(`SELECT count(*)::int AS n FROM users
      JOIN roles ON roles.id = role_id WHERE slug = 'predefined_super_admin'`);
    expect(row?.["n"]).toBeLessThan(3_001);
    await expect(page.getByText("Not done").first()).toBeVisible();
  });

  test("deleting asks for the number; nothing happens before it is right", async ({
    page,
    installation,
  }) => {
    await storeUsers(installation, "gone", 3);
    await page.goto("/users?search=gone-");
    await page
      .getByRole("checkbox", { name: /all|page/i })
      .first()
      .check();
    await bar(page).getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete 3 users?" });
    await dialog.getByLabel("Type 3 to confirm").fill("2");
    await dialog.getByRole("button", { name: "Delete 3 users" }).click();
    await expect(dialog.getByText("This is not 3.")).toBeVisible();
    await storeUsers(installation, "gone-too", 1);
    await dialog.getByLabel("Type 3 to confirm").fill("3");
    await dialog.getByRole("button", { name: "Delete 3 users" }).click();
    await expect(page.getByText("Finished: 3 users changed.")).toBeVisible();
    await expect(page.getByRole("row", { name: /gone-1@/ })).toHaveCount(0);
    await expect(page.getByRole("row", { name: /gone-too-1@/ })).toBeVisible();
  });

  test("an import: bad files in words, a check that stores nobody, then everybody who can be", async ({
    page,
    installation,
  }) => {
    const count = "SELECT count(*)::int AS n FROM users";
    await page.goto("/users/import");
    await expectNoViolations(page);
    const choose = page.getByLabel("Choose a file");
    const bad = async (name: string, text: string | Buffer, words: string) => {
      await choose.setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
      await expect(page.getByRole("alert").filter({ hasText: words })).toBeVisible();
    };
    await bad(
      "a.csv",
      Buffer.from("email\n\xc8\xe2\xe0\xed", "latin1"),
      "Line 2 is not UTF-8 text",
    );
    await bad("a.csv", 'email\na@example.com\n"b', "opens on line 3 is never closed");
    await bad("a.xlsx", "PK", "This is not a CSV file");
    await bad("a.csv", Buffer.alloc(10 * 1024 * 1024 + 1, "x"), "larger than 10 MB");
    await expectNoViolations(page);

    await choose.setInputFiles(FILE);
    await page.getByRole("button", { name: "Check the file" }).click();
    await expect(page.getByRole("heading", { name: "Check of spring.csv" })).toBeVisible();
    await expect(page.getByText("Ignored column").locator("..")).toContainText("Phone");
    await expect(page.getByText("2 × User")).toBeVisible();
    const rejected = page.getByRole("table", { name: "Rejected rows" });
    await expect(rejected.getByRole("row")).toHaveCount(6);
    await expect(rejected.getByRole("row", { name: /^4 / })).toContainText(
      "The same address is on line 2.",
    );
    await expectNoViolations(page);
    const started = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download rejected rows" }).click();
    expect(await readFile(await (await started).path(), "utf8")).toContain(
      "5,rolf@example.com,Rolf,emperor,rejected,There is no such role.",
    );
    expect(await installation.sql(count)).toEqual([{ n: 1 }]);

    const secondTab = await page.context().newPage();
    await secondTab.goto(page.url());
    await page.getByRole("button", { name: "Import 2 users" }).click();
    await expect(page.getByText("Finished: 2 users imported.")).toBeVisible();
    await expectNoViolations(page);
    expect(await installation.sql(count)).toEqual([{ n: 3 }]);
    // Another tab that still shows the check, and starts it once more, comes to the same end.
    await secondTab.getByRole("button", { name: "Import 2 users" }).click();
    await expect(secondTab.getByText("Finished: 2 users imported.")).toBeVisible();
    expect(await installation.sql(count)).toEqual([{ n: 3 }]);
    await page.getByRole("link", { name: "See everybody who is invited" }).click();
    await expect(page).toHaveURL(/\/users\?status=invited/);
    await expect(page.getByRole("heading", { name: "Users", exact: true })).toBeVisible();
    await expect(page.getByRole("row", { name: /bea@example.com/ })).toBeVisible();
  });

  test("addresses are pasted and imported, links are made for all, and one of them joins", async ({
    page,
    browser,
    installation,
  }) => {
    await page.goto("/users/import");
    await page
      .getByLabel("Addresses")
      .fill("Bea Arthur <bea@example.com>\ndan@example.com, eve@example.com\nada@example.com");
    await page.getByRole("button", { name: "Check them" }).click();
    await expect(page.getByRole("heading", { name: "Check of Pasted addresses" })).toBeVisible();
    await page.getByRole("button", { name: "Import 3 users" }).click();
    await expect(page.getByText("3 people were added and cannot sign in yet.")).toBeVisible();
    await expectNoViolations(page);
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Make 3 links" }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(/^invitations-[\d-]+\.csv$/);
    const text = await readFile(await file.path(), "utf8");
    await expect(page.getByText(/^3 links are in the file invitations-/)).toBeVisible();
    await expectNoViolations(page);
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
    expect(
      rows.map(({ email, name, result }: Record<string, string>) => [email, name, result]),
    ).toEqual([
      ["bea@example.com", "Bea Arthur", "made"],
      ["dan@example.com", "", "made"],
      ["eve@example.com", "", "made"],
    ]);
    const context = await browser.newContext({ baseURL: installation.baseUrl });
    const bea = await context.newPage();
    await bea.goto(rows[0]?.["link"] ?? "");
    await bea.getByLabel("Password", { exact: true }).fill("another long passphrase");
    await bea.getByRole("button", { name: "Join" }).click();
    await expect(bea).toHaveURL(/\/welcome$/);
    await context.close();

    // The others once more from the list: those that are selected and have not joined.
    await page.goto("/users");
    await page
      .getByRole("checkbox", { name: /all|page/i })
      .first()
      .check();
    await bar(page).getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Make links to join" }).click();
    const dialog = page.getByRole("dialog", { name: "Links for people who have not joined" });
    await expectNoViolations(page);
    await dialog.getByRole("button", { name: "Make 4 links" }).click();
    await expect(dialog).toContainText("2 links are in the file");
    await expect(dialog).toContainText("2 people were left out");
    await expectNoViolations(page);
  });

  test("a person says what the columns are that nobody can know, by keyboard too", async ({
    page,
    installation,
  }) => {
    await page.goto("/users/import");
    const buffer = Buffer.from(
      "Kontakt;Wer;Kennwort;Team;\nbea@example.com;Bj\xf8rn Jos\xe9;geheim-1;Nord;x\n",
      "latin1",
    );
    await page
      .getByLabel("Choose a file")
      .setInputFiles({ name: "alt.csv", mimeType: "text/csv", buffer });
    const heading = page.getByRole("heading", { name: "What are the columns of alt.csv?" });
    await expect(heading).toBeFocused();
    await expect(page.getByText("it was read as Windows-1252")).toBeVisible();
    const table = page.getByRole("table");
    await expect(table.getByRole("row", { name: /Wer/ })).toContainText("Bjørn José");
    await expect(table.getByRole("row", { name: /Kennwort/ })).toContainText("never imported");
    await expect(table).not.toContainText("geheim-1");
    await expectNoViolations(page);
    // Known by what stands in it; taken away, it is asked for.
    const contact = page.getByLabel("Read “Kontakt” as");
    await expect(contact).toHaveValue("email");
    await contact.selectOption("ignore");
    await page.getByRole("button", { name: "Check the file" }).click();
    await expect(
      page
        .getByRole("alert")
        .filter({ hasText: "Choose the column that has the e-mail addresses" }),
    ).toBeVisible();
    await expect(contact).toBeFocused();
    await page.getByLabel("Read “Team” as").selectOption("email");
    await contact.selectOption("email");
    await expect(page.getByText("“Team” is ignored now.")).toBeVisible();
    await expect(page.getByLabel("Read “Team” as")).toHaveValue("ignore");
    await contact.press("Tab");
    await expect(page.getByLabel("Read “Wer” as")).toBeFocused();
    await page.keyboard.press("F");
    await expect(page.getByLabel("Read “Wer” as")).toHaveValue("name");
    await page.getByRole("button", { name: "Check the file" }).click();
    await expect(page.getByRole("heading", { name: "Check of alt.csv" })).toBeVisible();
    await expect(page.getByText("Ignored columns").locator("..")).toContainText(
      "Kennwort, Team, and #5",
    );
    await expectNoViolations(page);
    await page.getByRole("button", { name: "Import 1 user" }).click();
    await expect(page.getByText("Finished: 1 user imported.")).toBeVisible();
    expect(
      await installation.sql("SELECT name FROM users WHERE email = 'bea@example.com'"),
    ).toEqual([{ name: "Bjørn José" }]);
  });

  test("a file that does not arrive leaves nothing; a file can be dropped", async ({
    page,
    installation,
    complaints,
  }) => {
    await page.goto("/users/import");
    await page.route("**/v1/users/import*", (route) => route.abort());
    await page.getByLabel("Choose a file").setInputFiles(FILE);
    await page.getByRole("button", { name: "Check the file" }).click();
    await expect(page.getByText("The file did not arrive whole")).toBeVisible();
    await page.getByRole("button", { name: "Choose another file" }).click();
    await page.unroute("**/v1/users/import*");
    complaints.splice(0); // the browser's own, of the connection that we broke
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
      return transfer;
    }, CSV);
    await page.getByText("or drop it here").dispatchEvent("drop", { dataTransfer: data });
    await page.getByRole("button", { name: "Check the file" }).click();
    await expect(page.getByRole("heading", { name: "Check of dropped.csv" })).toBeVisible();
    expect(await installation.sql("SELECT count(*)::int AS n FROM jobs")).toEqual([{ n: 1 }]);
  });
});

for (const [colorScheme, locale] of LOOKS) {
  test.describe(`${colorScheme}, ${locale}, on a phone`, () => {
    test.use({
      colorScheme,
      locale,
      viewport: { width: 360, height: 740 },
      contextOptions: { reducedMotion: "reduce" },
    });

    test("no violation and no sideways scrolling, from the selection to the results", async ({
      page,
      installation,
    }) => {
      const look = async () => {
        await expectNoViolations(page);
        const overflow = () => document.documentElement.scrollWidth - innerWidth;
        expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
      };
      await storeUsers(installation, "u", 12);
      await enter(page, installation);
      await expect(page).toHaveURL(/\/users$/);
      const boxes = page.locator("tbody input[type=checkbox]");
      for (let n = 0; n < 12; n++) await boxes.nth(n).check();
      await look();
      await page.locator("section:has(> p[role=status]) button").nth(1).click();
      await expect(page.locator("dialog ul")).toBeVisible();
      await look();
      await page.locator("dialog button[type=submit]").click();
      await page.locator("a[href^='/jobs/']").click();
      await expect(page).toHaveURL(/\/jobs\//);
      await expect(page.getByRole("progressbar")).toHaveCount(0);
      await look();
      await page.goto("/users/import");
      await look();
      await page.locator("input[type=file]").setInputFiles(FILE);
      await expect(page.locator("table[aria-labelledby=mapping]")).toBeVisible();
      await look();
      await page.locator("form[aria-labelledby=mapping] button[type=submit]").click();
      await expect(page.locator("table[aria-labelledby=rejected]")).toBeVisible();
      await look();
    });
  });
}
