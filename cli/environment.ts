import { existsSync } from "node:fs";
import path from "node:path";
import { randomSecret } from "@/lib/platform/digest";
import { EnvError, env, parseEnv } from "@/lib/platform/env";
import { openEmbeddedPostgres } from "./embedded-postgres";
import { generatedSecret } from "./generated-secret";
import { OperatorError } from "./operator-error";

/** Reads `.env` beside package.json; what is really set in the environment wins. */
export function loadEnvFile(root: string): void {
  const file = path.join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/** Runs a reader of the environment and turns what is wrong with it into words for the operator. */
function inWords<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    throw environmentProblems(error.problems);
  }
}

export function environmentProblems(problems: EnvError["problems"]): OperatorError {
  const lines = problems.map(({ name, fix }) => `  ${name}: ${fix}`);
  return new OperatorError(["The environment needs a change:", ...lines].join("\n"));
}

/** Whether the product brings its own database. Asked before `openDatabase`, which names it. */
export function isEmbedded(): boolean {
  return !process.env["DATABASE_URL"];
}

/**
 * Judges the environment before anything is built or started. What the embedded default will fill in is not
 * asked for.
 *
 * @throws {OperatorError} naming every variable and its fix
 */
export function checkEnvironment(): void {
  if (isEmbedded() && process.env["DATABASE_MIGRATION_URL"]) {
    const fix = "is missing; DATABASE_MIGRATION_URL is set without it";
    throw environmentProblems([{ name: "DATABASE_URL", fix }]);
  }
  const filledIn = isEmbedded() && {
    DATABASE_URL: "postgresql://embedded",
    AUTH_SECRET: process.env["AUTH_SECRET"] || randomSecret(),
  };
  const { warnings } = inWords(() => parseEnv({ ...process.env, ...filledIn }));
  for (const { name, fix } of warnings) process.stderr.write(`  Note: ${name}: ${fix}\n`);
}

/** A database that can be reached by `env()`, for as long as this process needs it. */
export type OpenDatabase = { embedded: boolean; close(): Promise<void> };

/**
 * Opens the database: the operator's, which is merely named, or the embedded one, which is attached to or
 * started. Afterwards `env()` is complete.
 *
 * @throws {OperatorError}
 */
export async function openDatabase(): Promise<OpenDatabase> {
  if (!isEmbedded()) {
    inWords(env);
    return { embedded: false, close: async () => {} };
  }
  const dataDir = path.resolve(process.env["DATA_DIR"] || "./data");
  const postgres = await openEmbeddedPostgres(dataDir);
  process.env["DATABASE_URL"] = postgres.url;
  process.env["AUTH_SECRET"] ||= await generatedSecret(dataDir);
  inWords(env);
  return { embedded: true, close: postgres.close };
}
