import { existsSync } from "node:fs";
import path from "node:path";
import { run, runBin } from "../cli/prepare.mjs";

/** The first one has no windows to draw around a page, which takes a third less work. */
const NAMES = [
  ...["chromium-headless-shell", "chromium", "chromium-browser"],
  ...["google-chrome-stable", "google-chrome"],
];

function onPath() {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const files = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return files.find((file) => existsSync(file));
}

async function downloaded() {
  const { chromium } = await import("playwright/test");
  const file = chromium.executablePath();
  return existsSync(file) ? file : undefined;
}

/**
 * A Chromium for the browser tests: the named one, the system's, Playwright's; or else one that is installed
 * now, from Debian's packages where we may, else by Playwright.
 */
export async function findBrowser() {
  const found = process.env.CHROMIUM_PATH || onPath() || (await downloaded());
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    try {
      await run("apt-get", ["update"], { env });
      await run("apt-get", ["install", "-y", "--no-install-recommends", NAMES[0]], { env });
      const installed = onPath();
      if (installed) return installed;
    } catch {
      // no such package here (Ubuntu has only a stub); Playwright brings its own
    }
  }
  const cli = "playwright/cli.js";
  await runBin(cli, ["install", "--with-deps", "chromium"]).catch(() =>
    runBin(cli, ["install", "chromium"]),
  );
  const installed = await downloaded();
  if (!installed) throw new Error("No Chromium; install one and set CHROMIUM_PATH.");
  return installed;
}
