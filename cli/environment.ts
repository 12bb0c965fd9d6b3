import { readFileSync } from "node:fs";
import path from "node:path";
import { type Env, env } from "@/lib/platform/env";
import { EnvError, readSettings } from "@/lib/platform/env/setting";
import { randomSecret } from "@/lib/platform/secrets/digest";
import { PRODUCT } from "@/product";
import { checkDataFolder, openEmbeddedPostgres } from "./embedded-postgres";
import { parseEnvFile } from "./env-file";
import { EVERY_SETTING } from "./every-setting";
import { generatedSecret } from "./generated-secret";
import { misspelt } from "./misspelt";
import { OperatorError } from "./operator-error";

/**
 * Reads `.env` beside package.json; what is really set in the environment wins.
 *
 * @throws {OperatorError} naming the line
 */
export function loadEnvFile(root: string): void {
  const file = path.join(root, ".env");
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return;
    throw new OperatorError(`${file} cannot be read (${code}).`);
  }
  for (const [name, value] of parseEnvFile(bytes)) process.env[name] ??= value;
}

/** Reads every setting and turns what is wrong with it into words for the operator. */
function readInWords(source: NodeJS.ProcessEnv) {
  try {
    return readSettings(EVERY_SETTING, source);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    throw environmentProblems(error.problems);
  }
}

/** Judges what is set by now, and keeps it as `env()`. */
function settle(): void {
  readInWords(process.env);
  env();
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
 * Judges the environment before anything is built or started, and tells what is odd about it. What the embedded
 * default will fill in is not asked for.
 *
 * @throws {OperatorError} naming every variable and its fix
 */
export function checkEnvironment(): Omit<Env, "warnings"> {
  for (const { name, meant } of misspelt(Object.keys(process.env), EVERY_SETTING.names)) {
    note(name, `is no name that ${PRODUCT.name} knows; is ${meant} meant?`);
  }
  if (isEmbedded() && process.env["DATABASE_MIGRATION_URL"]) {
    const fix = "is missing; DATABASE_MIGRATION_URL is set without it";
    throw environmentProblems([{ name: "DATABASE_URL", fix }]);
  }
  const filledIn = isEmbedded() && {
    DATABASE_URL: "postgresql://embedded",
    AUTH_SECRET: process.env["AUTH_SECRET"] || randomSecret(),
  };
  const checked = readInWords({ ...process.env, ...filledIn });
  for (const { name, fix } of checked.warnings) note(name, fix);
  return checked.env;
}

function note(name: string, words: string): void {
  process.stderr.write(`  Note: ${name}: ${words}\n`);
}

/**
 * Looks at where the embedded database is, if it is used, without starting it.
 *
 * @throws {OperatorError}
 */
export async function checkDatabase(): Promise<void> {
  if (isEmbedded()) await checkDataFolder(dataFolder());
}

function dataFolder(): string {
  return path.resolve(process.env["DATA_DIR"] || "./data");
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
    settle();
    return { embedded: false, close: async () => {} };
  }
  const dataDir = dataFolder();
  const postgres = await openEmbeddedPostgres(dataDir);
  process.env["DATABASE_URL"] = postgres.url;
  process.env["AUTH_SECRET"] ||= await generatedSecret(dataDir);
  settle();
  return { embedded: true, close: postgres.close };
}
