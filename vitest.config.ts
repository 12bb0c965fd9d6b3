import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    environment: "node",
    globalSetup: "e2e/support/cluster.ts",
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", ".next/**", ".build/**"],
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
