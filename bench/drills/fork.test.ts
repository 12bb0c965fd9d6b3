import { rename } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { EVERY_TYPE, SPANISH } from "@/e2e/fork/every-type";
import { type Fork, openFork, RECIPES } from "@/e2e/fork/open-fork";
import { inBrowser } from "@/e2e/support/claimed";
import { sendForm } from "@/e2e/support/form";
import { get, post } from "@/e2e/support/http";
import { startInstallation } from "@/e2e/support/installation";
import { openMailbox } from "@/e2e/support/mailbox";
import { PRODUCT } from "@/product";

vi.setConfig({ testTimeout: 3_600_000, hookTimeout: 600_000 });

let fork: Fork;
beforeAll(async () => {
  fork = await openFork();
});
afterAll(() => fork?.close());

test.each([...RECIPES.keys()])("%s: the types hold at once", async (recipe) => {
  await fork.carryOut(recipe);
  await fork.checkTypes();
});

test("all pages are built, say the new name and not the old one, and sign in by the new way", async () => {
  const spanish = ["--label-es", SPANISH.labelEs, "--fields-es", SPANISH.fieldsEs];
  const entity = ["generate", "entity", "invoice", "--fields", EVERY_TYPE, ...spanish];
  await fork.node("cli/start.mjs", ...entity);
  // The bundler takes a repository for the root that it never leaves, and the packages are outside.
  const repository = path.join(fork.root, ".git");
  await rename(repository, `${fork.root}-upstream/of-the-fork`);
  await fork.prepare("generate", "bundle", "build");
  await rename(`${fork.root}-upstream/of-the-fork`, repository);
  const mailbox = await openMailbox();
  const env = { SMTP_URL: mailbox.url, MAIL_FROM: "no-reply@example.com" };
  const installation = await startInstallation({ root: fork.root, claimed: true, env });
  try {
    const { baseUrl } = installation;
    const browser = await inBrowser(installation);
    const OLD = new RegExp(PRODUCT.name, "i");
    const pages = ["/users", "/users/new", "/roles", "/audit", "/account/second-factor", "/gone"];
    const own = ["/projects", "/invoices", "/invoices/new"];
    for (const page of [...pages, ...own, "/login", "/docs/api"]) {
      const { text } = await get(baseUrl, page, page === "/login" ? {} : browser);
      expect(text, page).not.toMatch(OLD);
      expect(text, page).toContain("Housekey");
    }
    const login = await get(baseUrl, "/login");
    expect(login.text).toContain("Sign in by the directory");
    const signIn = (secret: string) =>
      sendForm(baseUrl, "/login", login.text, "secret", { user: "ada", secret });
    const wrong = await signIn("something else");
    expect(wrong.headers.getSetCookie().join()).not.toContain(".session");
    const right = await signIn("of the directory");
    expect(right.headers.getSetCookie().join()).toContain(".session");
    expect(await fork.node("cli/start.mjs", "admin", "--help")).not.toMatch(OLD);
    const invited = { email: "ana@example.com", role: "predefined_user" };
    await post(baseUrl, "/v1/invitations", invited, browser);
    expect(mailbox.messages[0]?.text).toContain("/join#");
    expect(mailbox.messages[0]?.raw).not.toMatch(OLD);
  } finally {
    await installation.stop();
    await mailbox.close();
  }
});

test("the fork passes all of its own tests, those of the browser included", async () => {
  await fork.node("scripts/test.mjs");
});
