import { lstat } from "node:fs/promises";
import { needsSetup } from "@/lib/bootstrap/installation";
import { ignoredVariables } from "@/lib/bootstrap/installation-notices";
import { listAdmins } from "@/lib/bootstrap/recover-admin";
import { askRange, reasonOf } from "@/lib/platform/breached-password";
import { closeDb, isDatabaseFault, pool } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { checkEnvironment, type OpenDatabase, openDatabase } from "./environment";
import { pendingMigrations } from "./migrate";
import { OperatorError } from "./operator-error";

type Finding = { state: "ok" | "warn" | "fail"; what: string; words: string };

const ok = (what: string, words: string): Finding => ({ state: "ok", what, words });
const warn = (what: string, words: string): Finding => ({ state: "warn", what, words });
const fail = (what: string, words: string): Finding => ({ state: "fail", what, words });

const OLDEST_POSTGRES = 140_000;

/** Looks at everything an operator could have wrong, prints a table, and fails when the product cannot run. */
export async function doctor(root: string): Promise<void> {
  process.env["LOG_LEVEL"] ||= "silent"; // what is found is said once, in the table
  const findings: Finding[] = [ok("Node", process.versions.node)];
  try {
    checkEnvironment();
    findings.push(ok("Environment", "complete"));
    const database = await openDatabase();
    try {
      findings.push(...(await environmentFindings()), ...(await databaseFindings(root, database)));
    } finally {
      await closeDb();
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    findings.push(fail("Start", error.message));
  }
  for (const { state, what, words } of findings) {
    process.stdout.write(`${state.padEnd(5)} ${what.padEnd(16)} ${words}\n`);
  }
  if (findings.some(({ state }) => state === "fail")) process.exitCode = 1;
}

async function environmentFindings(): Promise<Finding[]> {
  const { authSecrets, baseUrl, https, dataDir, trustedProxies, breachedPasswordsUrl } = env();
  const folder = await lstat(dataDir).catch(() => null);
  const local = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(baseUrl);
  return [
    folder === null
      ? ok("Data folder", `${dataDir} will be made at the first start`)
      : folder.mode & 0o077
        ? warn("Data folder", `others may look into ${dataDir}; chmod 700 it`)
        : ok("Data folder", dataDir),
    new Set(authSecrets[0]).size >= 16
      ? ok("Secret", "AUTH_SECRET is long and varied")
      : warn("Secret", "AUTH_SECRET looks typed; draw one: openssl rand -base64 33"),
    https || local
      ? ok("Address", baseUrl)
      : warn("Address", `BASE_URL ${baseUrl} is not https: passwords travel in the open`),
    !local && trustedProxies.kind === "none"
      ? warn("Proxies", "BASE_URL is public and TRUSTED_PROXIES unset: all clients look like one")
      : ok("Proxies", trustedProxies.kind === "none" ? "none, as it should be" : "declared"),
    ...(breachedPasswordsUrl === undefined ? [] : [await breachedFinding(breachedPasswordsUrl)]),
  ];
}

/** Whether the server for breached passwords answers; asked for a range that is nobody's. */
async function breachedFinding(url: string): Promise<Finding> {
  const { host } = new URL(url);
  try {
    await askRange(url, "00000");
    return ok("Breached list", `looked up at ${host}`);
  } catch (error) {
    const words = `${host} does not answer (${reasonOf(error)}); passwords are accepted unasked`;
    return warn("Breached list", words);
  }
}

async function databaseFindings(root: string, { embedded }: OpenDatabase): Promise<Finding[]> {
  try {
    const { rows } = await pool().query(
      "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS text",
    );
    const { number, text } = rows[0] as { number: number; text: string };
    const version = `${embedded ? "embedded " : ""}PostgreSQL ${text}`;
    if (number < OLDEST_POSTGRES) return [fail("Database", `${version} is too old; 14 is needed`)];
    const pending = await pendingMigrations(env().databaseUrl, root);
    if (pending.length > 0) {
      const words = `pending: ${pending.join(", ")}; npm start or latchkey migrate applies them`;
      return [ok("Database", version), fail("Migrations", words)];
    }
    return [
      ok("Database", version),
      ok("Migrations", "applied"),
      await searchFinding(),
      ...(await installationFindings()),
    ];
  } catch (error) {
    if (!isDatabaseFault(error)) throw error;
    return [
      fail("Database", "cannot be reached; look at DATABASE_URL and at the server behind it"),
    ];
  }
}

/** What keeps a search from reading every user (decision 14). */
async function searchFinding(): Promise<Finding> {
  const { rows } = await pool().query(
    `SELECT to_regclass('users_email_name_idx') IS NOT NULL AS indexed, datctype IN ('C', 'POSIX') AS ascii
       FROM pg_database WHERE datname = current_database()`,
  );
  const { indexed, ascii } = rows[0] as { indexed: boolean; ascii: boolean };
  if (!indexed) {
    const words =
      "reads every user, for want of pg_trgm. Install PostgreSQL's contrib modules and run: " +
      "CREATE EXTENSION pg_trgm; CREATE INDEX users_email_name_idx ON users USING gin (email gin_trgm_ops, name gin_trgm_ops);";
    return warn("Search", words);
  }
  return ascii
    ? warn("Search", "reads every user when asked for letters outside ASCII: LC_CTYPE is C")
    : ok("Search", "by trigrams");
}

async function installationFindings(): Promise<Finding[]> {
  const { adminSignupSecret, baseUrl } = env();
  if (await needsSetup())
    return [ok("Installation", `open, waits for its owner: ${baseUrl}/setup`)];
  const active = (await listAdmins()).filter(({ status }) => status === "active").length;
  const findings = [
    ok("Installation", "claimed"),
    active > 0
      ? ok("Administrators", `${active} active`)
      : fail("Administrators", "none active; latchkey admin recover --email <address>"),
  ];
  if (adminSignupSecret !== undefined) {
    const words = "is set: whoever has it can make administrators; remove it when you are done";
    findings.push(warn("ADMIN_SIGNUP_SECRET", words));
  }
  for (const name of ignoredVariables()) {
    findings.push(warn(name, "does nothing on a claimed installation; remove it"));
  }
  return findings;
}
