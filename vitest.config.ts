import path from "node:path";
import { defineConfig } from "vitest/config";

const shared = {
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
};
const test = {
  environment: "node",
  testTimeout: 120_000,
  hookTimeout: 300_000,
} as const;

export default defineConfig({
  ...shared,
  test: {
    globalSetup: "e2e/support/cluster.ts",
    // They mostly wait for servers and databases; as many as cores would leave some of those idle.
    maxWorkers: 3,
    projects: [
      {
        ...shared,
        test: {
          ...test,
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: ["node_modules/**", ".next/**", ".build/**", "e2e/**"],
        },
      },
      {
        ...shared,
        test: {
          ...test,
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          // What they share keeps nothing of a file's own, and takes a second to load: once a worker is enough.
          isolate: false,
        },
      },
    ],
  },
});
