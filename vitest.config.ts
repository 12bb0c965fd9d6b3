import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes longest comes first, or one worker would still be at it when the others are done. */
const LONGEST = [
  ...["e2e/fork/", "e2e/access/matrix", "e2e/access/every-address", "e2e/processes/jobs"],
  ...["e2e/races/claim", "e2e/contracts/sign-in-under-attack", "e2e/contracts/sessions"],
  ...["e2e/contracts/headless", "e2e/contracts/bulk", "e2e/contracts/who-may-claim"],
  ...["e2e/contracts/idempotency", "e2e/"],
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const name = path.relative(import.meta.dirname, moduleId);
      const found = LONGEST.findIndex((start) => name.startsWith(start));
      return found === -1 ? LONGEST.length : found;
    };
    return files.sort((one, other) => place(one) - place(other));
  }
}

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
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        ...shared,
        test: {
          ...test,
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: ["node_modules/**", ".next/**", ".build/**", "e2e/**", "bench/**"],
        },
      },
      {
        ...shared,
        test: {
          ...test,
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          // What they share, a server too, keeps nothing of a file's own and takes seconds: once a worker is enough.
          isolate: false,
          // Where a route is called as it is written (e2e/fork): it asks for parts of Next as only a bundler finds them.
          server: { deps: { inline: ["next-auth"] } },
        },
      },
      // Too slow for `npm test`: npm run bench -- drills
      {
        ...shared,
        test: { ...test, name: "drills", include: ["bench/drills/**/*.test.ts"], isolate: false },
      },
    ],
  },
});
