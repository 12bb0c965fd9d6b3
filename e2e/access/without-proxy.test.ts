import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test, vi } from "vitest";
import { holdMatrix } from "./hold-matrix";

vi.setConfig({ hookTimeout: 900_000 }); // it is built first

/**
 * The same product without proxy.ts, as nothing but a convenience may be lost with it. A copy inside this folder,
 * because the bundler follows no link that leads out of its root.
 */
const COPY = path.resolve(`.build/without-proxy-${process.pid}`);
/** What a build and a start need. `public` is there or not. */
const SOURCES = [
  ...["app", "components", "lib", "cli", "messages", "prisma", "public"],
  ...["instrumentation.ts", "next.config.ts", "tailwind.config.ts", "postcss.config.mjs"],
  ...["prisma.config.ts", "tsconfig.json", "package.json", "package-lock.json"],
];

afterAll(() => rm(COPY, { recursive: true, force: true }));

holdMatrix(async () => {
  await mkdir(COPY, { recursive: true });
  for (const source of SOURCES) {
    await cp(source, path.join(COPY, source), { recursive: true, preserveTimestamps: true }).catch(
      (error) => {
        if (source !== "public" || error.code !== "ENOENT") throw error;
      },
    );
  }
  await symlink(path.resolve("node_modules"), path.join(COPY, "node_modules"));
  // Tailwind would follow the link and look for class names in every package. Styles grant nothing.
  const styles = path.join(COPY, "app/globals.css");
  const written = await readFile(styles, "utf8");
  const bare = written.replace('@import "tailwindcss";', '@import "tailwindcss" source(none);');
  await writeFile(styles, bare);
  const build =
    "const { bundle, build } = await import('./cli/prepare.mjs'); await bundle(); await build()";
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", build], {
    cwd: COPY,
  });
  return COPY;
});

test("there is no proxy in it", async () => {
  const file = ".next/server/functions-config-manifest.json";
  const ours: unknown = JSON.parse(await readFile(file, "utf8"));
  const theirs: unknown = JSON.parse(await readFile(path.join(COPY, file), "utf8"));
  expect(ours).toHaveProperty(["functions", "/_middleware"]);
  expect(theirs).toMatchObject({ functions: {} });
  expect(theirs).not.toHaveProperty(["functions", "/_middleware"]);
});
