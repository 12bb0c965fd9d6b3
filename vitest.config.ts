import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    environment: "node",
    globalSetup: "e2e/support/cluster.ts",
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", ".next/**", ".build/**"],
    // They mostly wait for servers and databases; as many as cores would leave some of those idle.
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
