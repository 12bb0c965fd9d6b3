import { execFile } from "node:child_process";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { PRODUCT } from "@/product";
import { allFiles, deadLinks } from "@/scripts/links.mjs";
import { inBrowser } from "../support/claimed";
import { sendForm } from "../support/form";
import { get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";
import { type Mailbox, openMailbox } from "../support/mailbox";
import { OWNER } from "../support/owner";
import { carryOut, git, readRecipes, remove } from "./recipes";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const execute = promisify(execFile);
/** Inside this folder, because the bundler follows no link that leads out of its root. */
const COPY = path.resolve(`.build/fork-${process.pid}`);
const UPSTREAM = `${COPY}-upstream`;
const run = (...args: string[]) =>
  execute(process.execPath, args, { cwd: COPY, maxBuffer: 1e8 }).catch(({ stdout, message }) => {
    throw new Error(`${message}\n${stdout}`);
  });

/** Steps of cli/prepare.mjs, in the copy. */
const prepare = (...steps: string[]) =>
  run(
    "--eval",
    `import("./cli/prepare.mjs").then(async (p) => { ${steps.map((step) => `await p.${step}();`).join("")} })`,
  );

/** What everybody has who clones this repository, and the packages. */
async function clone(): Promise<void> {
  const { stdout } = await execute("git", ["ls-files", "-co", "--exclude-standard"]);
  for (const file of stdout.split("\n").filter(Boolean)) {
    await mkdir(path.join(UPSTREAM, path.dirname(file)), { recursive: true });
    await cp(file, path.join(UPSTREAM, file)).catch((error) => {
      if (error.code !== "ENOENT") throw error; // deleted, and not committed yet
    });
  }
  await git(UPSTREAM, "init", "--quiet", "--initial-branch=main");
  await git(UPSTREAM, "add", "--all");
  await git(UPSTREAM, "commit", "--quiet", "--message=A release");
  await git(".", "clone", "--quiet", UPSTREAM, COPY);
  await symlink(path.resolve("node_modules"), path.join(COPY, "node_modules"));
  const generated = "lib/platform/generated";
  await cp(generated, path.join(COPY, generated), { recursive: true, preserveTimestamps: true });
  // Tailwind would follow the link and look for class names in every package.
  const styles = path.join(COPY, "app/globals.css");
  const written = await readFile(styles, "utf8");
  await writeFile(
    styles,
    written.replace('@import "tailwindcss";', '@import "tailwindcss" source(none);'),
  );
}

/** Types, import law and links hold, and the recipe is committed. */
async function holds(recipe: string): Promise<void> {
  await prepare("generate");
  await run("node_modules/next/dist/bin/next", "typegen");
  await run(
    ...["node_modules/typescript/bin/tsc", "--noEmit", "--incremental"],
    ...["--tsBuildInfoFile", ".build/types.tsbuildinfo", "--project", "."],
  );
  await run("scripts/import-law.mjs");
  expect(deadLinks(allFiles(COPY))).toEqual([]);
  await git(COPY, "add", "--all");
  await git(COPY, "commit", "--quiet", "--allow-empty", "--message", recipe);
}

/** Upstream's next release changes lines next to those that a fork edits. */
async function release(): Promise<void> {
  const change = async (file: string, before: string, after: string) => {
    const text = await readFile(path.join(UPSTREAM, file), "utf8");
    expect(text).toContain(before);
    await writeFile(path.join(UPSTREAM, file), text.replace(before, after));
  };
  await change("package.json", '"version": "0.1.0"', '"version": "0.2.0"');
  await change("product.ts", " * Names that no person", " * The names that no person");
  await change("messages/en.json", '"skip": "Skip to the content"', '"skip": "To the content"');
  await git(UPSTREAM, "commit", "--quiet", "--all", "--message=The next release");
}

/** A company's directory, which knows one person. */
async function openDirectory() {
  const known = `Basic ${Buffer.from("ada:of the directory").toString("base64")}`;
  const server = createServer(({ url, headers }, response) => {
    const right = url === "/whoami" && headers.authorization === known;
    response.statusCode = right ? 200 : 401;
    response.end(right ? JSON.stringify({ email: OWNER.email }) : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${port}`, close };
}
let directory: Awaited<ReturnType<typeof openDirectory>>;

const recipes = readRecipes(await readFile("docs/fork.md", "utf8"));
/** How many files each recipe has its reader touch. */
const byHand = new Map<string, number>();

/** Does what the document says, in its order: each recipe begins with what the one before has left. */
async function carriedOut(recipe: string): Promise<void> {
  const files = await carryOut(COPY, recipes.get(recipe) ?? [], {
    "https://example.com/upstream.git": UPSTREAM,
    "https://directory.example.com": directory.url,
  });
  byHand.set(recipe, files.length);
  await holds(recipe);
}

beforeAll(async () => {
  directory = await openDirectory();
  await clone();
});
afterAll(async () => {
  await directory?.close();
  await remove(COPY);
  await remove(UPSTREAM);
});

describe("the recipes of docs/fork.md", () => {
  test.each([...recipes.keys()])("%s", async (recipe) => {
    if (recipe === "Take upstream's next release") await release();
    await carriedOut(recipe);
  });

  test("take as many files by hand as the document says", async () => {
    const rows = (await readFile("docs/fork.md", "utf8")).matchAll(
      /^\| \[([^\]]+)\].*\| (\d+) +\|$/gm,
    );
    expect(Object.fromEntries([...rows].map(([, name, files]) => [name, Number(files)]))).toEqual(
      Object.fromEntries(byHand),
    );
  });
});

describe("the fork", () => {
  let mailbox: Mailbox;
  let claimed: Installation;
  let unclaimed: Installation;
  beforeAll(async () => {
    // The bundler takes a repository for the root that it never leaves, and the packages are outside.
    await remove(path.join(COPY, ".git"));
    await prepare("bundle", "build");
    mailbox = await openMailbox();
    const mail = { SMTP_URL: mailbox.url, MAIL_FROM: "no-reply@example.com" };
    [claimed, unclaimed] = await Promise.all([
      startInstallation({ root: COPY, claimed: true, env: mail }),
      startInstallation({ root: COPY }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([claimed?.stop(), unclaimed?.stop(), mailbox?.close()]);
  });

  const OLD = new RegExp(PRODUCT.name, "i");

  test("says its own name and not the old one", async () => {
    const browser = await inBrowser(claimed);
    const said = [
      ...(await Promise.all(
        ["/users", "/users/new", "/roles", "/audit", "/account/second-factor", "/gone"].map(
          async (page) => (await get(claimed.baseUrl, page, browser)).text,
        ),
      )),
      (await get(claimed.baseUrl, "/login")).text,
      (await get(claimed.baseUrl, "/docs/api")).text,
      (await get(unclaimed.baseUrl, "/setup")).text,
      (await run("cli/start.mjs", "--help")).stdout,
      (await run("cli/start.mjs", "admin", "--help")).stdout,
    ];
    for (const text of said) expect(text).not.toMatch(OLD);
    expect(said.join()).toContain("Housekey");
    const { json: api } = await get(claimed.baseUrl, "/v1/openapi.json");
    expect(api.info.title).toBe("Housekey");
    delete api.components.securitySchemes.session; // a name that is kept
    expect(JSON.stringify(api)).not.toMatch(OLD);
    const invited = { email: "ana@example.com", role: "predefined_user" };
    await post(claimed.baseUrl, "/v1/invitations", invited, browser);
    expect(mailbox.messages[0]?.text).toContain("/join#");
    expect(mailbox.messages[0]?.raw).not.toMatch(OLD);
  });

  test("has the other doors, and not the one that was taken away", async () => {
    const body = { name: "Ada", email: "ada@example.com", password: "SecurePass123" };
    const gone = ["/api/auth/initialize", "/api/v1/auth/create-user"];
    for (const path of gone) {
      const answer = await unclaimed.rawPost(path, body); // described nowhere, as `post` would ask
      expect(answer.status).toBe(404);
      expect(answer.json).toMatchObject({ code: "NOT_FOUND" });
    }
    const { json } = await get(unclaimed.baseUrl, "/v1/openapi.json");
    expect(Object.keys(json.paths).filter((path) => gone.includes(path))).toEqual([]);
  });

  test("signs in by the way that was added", async () => {
    const page = await get(claimed.baseUrl, "/login");
    expect(page.text).toContain("Sign in by the directory");
    const signIn = (secret: string) =>
      sendForm(claimed.baseUrl, "/login", page.text, "secret", { user: "ada", secret });
    const wrong = await signIn("something else");
    expect(wrong.headers.getSetCookie().join()).not.toContain(".session");
    const right = await signIn("of the directory");
    expect(right.headers.getSetCookie().join()).toContain(".session");
    const cookie = right.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    expect((await get(claimed.baseUrl, "/account", { cookie })).status).toBe(200);
  });

  test("passes its own tests of the doors and of what was added", async () => {
    const own = ["e2e/contracts/published", "e2e/contracts/projects", "prisma/projects"];
    await run("node_modules/vitest/vitest.mjs", "run", ...own);
  });
});
