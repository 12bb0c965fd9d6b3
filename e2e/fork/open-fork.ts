import { execFile } from "node:child_process";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import { allFiles, deadLinks } from "@/scripts/links.mjs";
import { OWNER } from "../support/owner";
import { carryOut, git, readRecipes, remove } from "./recipes";

const execute = promisify(execFile);

/** The recipes of docs/fork.md, in its order. */
export const RECIPES = readRecipes(await readFile("docs/fork.md", "utf8"));

/** A copy of this repository, cloned from another that stands for upstream. */
export type Fork = {
  root: string;
  /** Runs Node in it; resolves to what was printed, throws it when that fails. */
  node(...args: string[]): Promise<string>;
  /** Runs steps of cli/prepare.mjs in it. */
  prepare(...steps: string[]): Promise<void>;
  /** Does what a recipe says, sees that import law and links hold, and commits. Resolves to how many files are touched by hand. */
  carryOut(recipe: string): Promise<number>;
  /** Types hold. */
  checkTypes(): Promise<void>;
  close(): Promise<void>;
};

export async function openFork(): Promise<Fork> {
  // Inside this folder, because the bundler follows no link that leads out of its root.
  const root = path.resolve(`.build/fork-${process.pid}`);
  const upstream = `${root}-upstream`;
  const directory = await openDirectory();
  const node = (...args: string[]) =>
    execute(process.execPath, args, { cwd: root, maxBuffer: 1e8 }).then(
      ({ stdout }) => stdout,
      ({ stdout, message }) => {
        throw new Error(`${message}\n${stdout}`);
      },
    );
  const prepare = async (...steps: string[]) => {
    const calls = steps.map((step) => `await p.${step}();`).join("");
    await node("--eval", `import("./cli/prepare.mjs").then(async (p) => { ${calls} })`);
  };
  await clone(upstream, root);
  return {
    root,
    node,
    prepare,
    carryOut: async (recipe) => {
      if (recipe === "Take upstream's next release") await release(upstream);
      const files = await carryOut(root, RECIPES.get(recipe) ?? [], {
        "https://example.com/upstream.git": upstream,
        "https://directory.example.com": directory.url,
      });
      await node("scripts/import-law.mjs");
      expect(deadLinks(allFiles(root))).toEqual([]);
      await git(root, "add", "--all");
      await git(root, "commit", "--quiet", "--allow-empty", "--message", recipe);
      return files.length;
    },
    checkTypes: async () => {
      await prepare("generate");
      await node("node_modules/next/dist/bin/next", "typegen");
      await node("node_modules/typescript/bin/tsc", "--noEmit", "--project", ".");
    },
    close: async () => {
      await directory.close();
      await remove(root);
      await remove(upstream);
    },
  };
}

/** What everybody has who clones this repository, and the packages. */
async function clone(upstream: string, root: string): Promise<void> {
  const { stdout } = await execute("git", ["ls-files", "-co", "--exclude-standard"]);
  for (const file of stdout.split("\n").filter(Boolean)) {
    await mkdir(path.join(upstream, path.dirname(file)), { recursive: true });
    await cp(file, path.join(upstream, file)).catch((error) => {
      if (error.code !== "ENOENT") throw error; // deleted, and not committed yet
    });
  }
  await git(upstream, "init", "--quiet", "--initial-branch=main");
  await git(upstream, "add", "--all");
  await git(upstream, "commit", "--quiet", "--message=A release");
  await git(".", "clone", "--quiet", upstream, root);
  await symlink(path.resolve("node_modules"), path.join(root, "node_modules"));
  const generated = "lib/platform/generated";
  await cp(generated, path.join(root, generated), { recursive: true, preserveTimestamps: true });
  // Tailwind would follow the link and look for class names in every package.
  const styles = path.join(root, "app/globals.css");
  const written = await readFile(styles, "utf8");
  await writeFile(
    styles,
    written.replace('@import "tailwindcss";', '@import "tailwindcss" source(none);'),
  );
}

/** Upstream's next release changes lines next to those that a fork edits. */
async function release(upstream: string): Promise<void> {
  const change = async (file: string, before: string, after: string) => {
    const text = await readFile(path.join(upstream, file), "utf8");
    expect(text).toContain(before);
    await writeFile(path.join(upstream, file), text.replace(before, after));
  };
  await change("package.json", '"version": "0.1.0"', '"version": "0.2.0"');
  await change("product.ts", " * Names that no person", " * The names that no person");
  await change("messages/en.json", '"skip": "Skip to the content"', '"skip": "To the content"');
  await git(upstream, "commit", "--quiet", "--all", "--message=The next release");
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
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${port}`, close };
}
