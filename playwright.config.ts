import { existsSync } from "node:fs";
import { defineConfig } from "playwright/test";

// npm test names one; else Debian's; else Playwright's own.
const executablePath = [
  process.env["CHROMIUM_PATH"],
  ...["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"],
].find((file) => file !== undefined && existsSync(file));

export default defineConfig({
  testDir: "e2e/browser",
  globalSetup: "./e2e/support/cluster.ts",
  forbidOnly: process.env["CI"] !== undefined,
  // They take turns with their servers, so that two would leave cores idle now and then.
  workers: 3,
  fullyParallel: true,
  timeout: 120_000, // looking for violations takes its time on a busy machine
  expect: { timeout: 10_000 },
  reporter: "line",
  use: {
    locale: "en-GB",
    reuseContext: true, // what a page has loaded once is at hand for the next test
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        // Debian's asks for one that has to be imitated where there is none.
        ...["--disable-gpu", "--disable-gpu-rasterization"],
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
    },
    contextOptions: { reducedMotion: "reduce" }, // nothing is drawn on its way
  },
  projects: [
    { name: "browser", testIgnore: "screens.spec.ts" },
    // Pictures of every screen and state in the folder screens of e2e, to be looked at; npx playwright test --project
    // screens
    { name: "screens", testMatch: "screens.spec.ts" },
  ],
});
