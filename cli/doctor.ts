import { existsSync } from "node:fs";
import { lstat, statfs } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { findUnsealed } from "@/lib/audit/find-unsealed";
import { findMissingSecret } from "@/lib/bootstrap/check-secret";
import { claimSettings } from "@/lib/bootstrap/claim-settings";
import { needsSetup } from "@/lib/bootstrap/installation";
import { ignoredVariables } from "@/lib/bootstrap/installation-notices";
import { CLOCK_TOLERANCE_SECONDS } from "@/lib/bootstrap/preflight";
import { listAdmins } from "@/lib/bootstrap/recover-admin";
import { driverUrl, schemaOf } from "@/lib/platform/database-url";
import { closeDb, isPooled, pool, STATEMENT_TIMEOUT_MS, sqlState } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { clientsLookAlike } from "@/lib/platform/http/clients-look-alike";
import { readSeenProxy } from "@/lib/platform/http/seen-proxy";
import { askRange, reasonOf } from "@/lib/platform/secrets/breached-password";
import { fixedSettings } from "@/lib/settings/fixed-settings";
import { PRODUCT } from "@/product";
import { type DatabaseFacts, judgeFacts, readFacts } from "./database-facts";
import { checkEnvironment, type OpenDatabase, openDatabase } from "./environment";
import { DatabaseTrouble, inDatabase } from "./explain-database-fault";
import { migrationState } from "./migrate";
import { describeMissingSecret } from "./missing-secret";
import { readAddressNote } from "./note-address";
import { openFilesLimit } from "./open-files.mjs";
import { OperatorError } from "./operator-error";
import { grantsFor, migrationVariable, missingRights } from "./ready-database";

type Finding = { state: "ok" | "warn" | "fail"; what: string; words: string };

const ok = (what: string, words: string): Finding => ({ state: "ok", what, words });
const warn = (what: string, words: string): Finding => ({ state: "warn", what, words });
const fail = (what: string, words: string): Finding => ({ state: "fail", what, words });

/** Fewer, and a server with many visitors runs out of them. */
const OPEN_FILES_LEAST = 1_024;
const DISK_LEAST_MB = 100;
const DISK_LOW_MB = 1_024;

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

const SET_BASE_URL =
  "requests come through one, but BASE_URL is not set; set it to the address people type, let the proxy send Host and X-Forwarded-For, and restart";

async function environmentFindings(): Promise<Finding[]> {
  const { authSecrets, baseUrl, baseUrlIsLoopback, https, dataDir, trustedProxies, baseUrlGiven } =
    env();
  const { breachedPasswordsUrl } = fixedSettings();
  const folder = await lstat(dataDir).catch(() => null);
  const local = !https && baseUrlIsLoopback;
  const visited = await readAddressNote();
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
    ...(visited === null ? [] : [warn("Address visited", visited)]),
    !baseUrlGiven && (await readSeenProxy()) !== null
      ? warn("Proxies", SET_BASE_URL)
      : clientsLookAlike(false)
        ? warn("Proxies", "BASE_URL is public and TRUSTED_PROXIES unset: all clients look like one")
        : ok("Proxies", trustedProxies.kind === "none" ? "none, as it should be" : "declared"),
    openFilesFinding(),
    await diskFinding(dataDir),
    ...(breachedPasswordsUrl === undefined ? [] : [await breachedFinding(breachedPasswordsUrl)]),
  ];
}

function openFilesFinding(): Finding {
  const limit = openFilesLimit();
  if (limit >= OPEN_FILES_LEAST)
    return ok("Open files", Number.isFinite(limit) ? `${limit}` : "any");
  const words = `${limit} at once, connections among them; ulimit -n 65536, or LimitNOFILE= in the unit`;
  return warn("Open files", words);
}

async function diskFinding(dataDir: string): Promise<Finding> {
  let folder = dataDir;
  while (!existsSync(folder)) folder = path.dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / 1024 ** 2);
  const words = `${free} MB free where ${dataDir} is`;
  if (free < DISK_LEAST_MB) return fail("Disk", `${words}: make room`);
  return free < DISK_LOW_MB ? warn("Disk", words) : ok("Disk", words);
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
  const { databaseUrl } = env();
  try {
    return await inDatabase("DATABASE_URL", databaseUrl, async () => {
      const asked = Date.now();
      const facts = await readFacts(pool());
      const answered = Date.now();
      judgeFacts(facts, { wished: schemaOf(databaseUrl), pooled: isPooled() });
      const version = `${embedded ? "embedded " : ""}PostgreSQL ${facts.version}, ${facts.encoding}`;
      const findings = [
        ok("Database", version),
        transportFinding(),
        clockFinding(facts.now.getTime(), asked, answered),
        ...(facts.readOnly ? [readOnlyFinding(facts)] : []),
        ...(isPooled() ? [...poolerFindings(facts), ...(await preparedFindings())] : []),
      ];
      const migrations = await migrationFindings(root);
      if (migrations.some(({ state }) => state === "fail")) return [...findings, ...migrations];
      return [
        ...findings,
        ...migrations,
        await rightsFinding(facts),
        await searchFinding(),
        await secretFinding(),
        await trailFinding(),
        ...(await installationFindings()),
      ];
    });
  } catch (error) {
    if (!(error instanceof DatabaseTrouble)) throw error;
    return [
      fail("Database", `${error.message}${error.fault.mends ? "; a start waits for it" : ""}`),
    ];
  }
}

/** Whether others can listen on the way. The driver speaks TLS exactly when the address asks for it. */
function transportFinding(): Finding {
  const { host, ssl } = new pg.Client({ connectionString: driverUrl(env().databaseUrl) });
  if (ssl) return ok("TLS", "to the database");
  return /^(\/|localhost$|127\.|::1$)/.test(host)
    ? ok("TLS", "not needed: the database is on this machine")
    : warn("TLS", `none on the way to ${host}: add ?sslmode=verify-full to DATABASE_URL`);
}

function clockFinding(database: number, asked: number, answered: number): Finding {
  // It was read at some moment in between.
  const seconds = Math.round(Math.max(asked - database, database - answered, 0) / 1000);
  return seconds <= CLOCK_TOLERANCE_SECONDS
    ? ok("Clock", "as the database's")
    : warn("Clock", `${seconds} s away from the database's: set both by NTP`);
}

function readOnlyFinding({ standby }: DatabaseFacts): Finding {
  const words = standby
    ? "a standby; DATABASE_URL must lead to the primary"
    : "one that was told to only read";
  return warn("Writing", `the database is ${words}`);
}

function poolerFindings({ statementTimeout, role, database }: DatabaseFacts): Finding[] {
  const { databaseUrl, migrationUrl, preparedStatements } = env();
  const prepared = preparedStatements ? "prepared" : "unprepared";
  return [
    migrationUrl === databaseUrl
      ? warn("Pooler", "in front; set DATABASE_MIGRATION_URL to PostgreSQL itself for migrations")
      : ok("Pooler", `in front, statements ${prepared}; migrations go around it`),
    ...(statementTimeout === "0"
      ? [
          warn(
            "Time limit",
            "none for statements, since a pooler shares its sessions: " +
              `ALTER ROLE ${role} IN DATABASE ${database} SET statement_timeout = '${STATEMENT_TIMEOUT_MS / 1000}s'`,
          ),
        ]
      : []),
  ];
}

/**
 * Whether a pooler that is said to keep count of prepared statements does: prepares one in a session, lets somebody else
 * hold that session, and runs it again in another.
 */
async function preparedFindings(): Promise<Finding[]> {
  if (env().preparedStatements !== true) return [];
  const [mine, other] = [await pool().connect(), await pool().connect()];
  try {
    const prepared = { name: "doctor", text: "SELECT 1" };
    await mine.query(prepared);
    await other.query("BEGIN");
    await mine.query(prepared);
    return [ok("Prepared", "the pooler keeps count of statements")];
  } catch (error) {
    if (!["26000", "42P05"].includes(sqlState(error) ?? "")) throw error;
    return [fail("Prepared", "the pooler loses statements: set DATABASE_PREPARED_STATEMENTS=off")];
  } finally {
    mine.release(true);
    other.release(true);
  }
}

async function migrationFindings(root: string): Promise<Finding[]> {
  const { migrationUrl } = env();
  const { pending, unknown, changed } = await inDatabase(migrationVariable(), migrationUrl, () =>
    migrationState(migrationUrl, root),
  );
  const findings: Finding[] = [];
  if (pending.length > 0) {
    const words = `pending: ${pending.join(", ")}; npm start or ${PRODUCT.command} migrate applies them`;
    findings.push(fail("Migrations", words));
  }
  if (unknown.length > 0) {
    const words = `a newer version was here: ${unknown.join(", ")}; install that version`;
    findings.push(warn("Migrations", words));
  }
  if (changed.length > 0) {
    const words = `applied in another form than this version's: ${changed.join(", ")}`;
    findings.push(warn("Migrations", words));
  }
  return findings.length > 0 ? findings : [ok("Migrations", "applied")];
}

/** Whether the role that serves can do what the product does. */
async function rightsFinding({ role, schema, mayCreate }: DatabaseFacts): Promise<Finding> {
  const missing = await missingRights();
  if (missing === null) return fail("Rights", `the tables are not where ${role} looks (${schema})`);
  if (missing.length > 0) return fail("Rights", grantsFor(role, schema, missing));
  return mayCreate || migrationVariable() === "DATABASE_MIGRATION_URL"
    ? ok("Rights", mayCreate ? "may serve and migrate" : "may serve; migrations by another role")
    : warn(
        "Rights",
        `${role} may serve and not change tables: the next version needs DATABASE_MIGRATION_URL`,
      );
}

/** Whether AUTH_SECRET opens what the database has sealed. */
async function secretFinding(): Promise<Finding> {
  const missing = await findMissingSecret();
  if (missing === null) return ok("Sealed data", "AUTH_SECRET is the one that it was sealed with");
  const words = describeMissingSecret(missing).join(" ");
  return missing.apps > 0 ? fail("Sealed data", words) : warn("Sealed data", words);
}

/** Whether the audit trail is sealed; that what is sealed was not changed, `audit verify` tells. */
async function trailFinding(): Promise<Finding> {
  const { waiting, since, late } = await findUnsealed();
  if (!late || since === null) return ok("Audit trail", "sealed up to this minute");
  const words =
    `${waiting === 1 ? "1 event waits" : `${waiting} events wait`} to be sealed since ${since.toISOString()}: ` +
    "start a server, or end the transaction that holds it up (SELECT * FROM pg_stat_activity WHERE backend_xid IS NOT NULL ORDER BY xact_start)";
  return warn("Audit trail", words);
}

/** What keeps a search from reading every user (decision 14). */
async function searchFinding(): Promise<Finding> {
  const { rows } = await pool().query(
    `SELECT to_regclass('users_email_plain_name_idx') IS NOT NULL AS indexed, datctype IN ('C', 'POSIX') AS ascii
       FROM pg_database WHERE datname = current_database()`,
  );
  const { indexed, ascii } = rows[0] as { indexed: boolean; ascii: boolean };
  if (!indexed) {
    const words =
      "reads every user, for want of pg_trgm. Install PostgreSQL's contrib modules and run: " +
      "CREATE EXTENSION pg_trgm; CREATE INDEX users_email_plain_name_idx ON users USING gin (email gin_trgm_ops, plain_name gin_trgm_ops);";
    return warn("Search", words);
  }
  return ascii
    ? warn("Search", "reads every user when asked for letters outside ASCII: LC_CTYPE is C")
    : ok("Search", "by trigrams");
}

async function installationFindings(): Promise<Finding[]> {
  const { baseUrl } = env();
  const { adminSignupSecret } = claimSettings();
  if (await needsSetup())
    return [ok("Installation", `open, waits for its owner: ${baseUrl}/setup`)];
  const active = (await listAdmins()).filter(({ status }) => status === "active").length;
  const findings = [
    ok("Installation", "claimed"),
    active > 0
      ? ok("Administrators", `${active} active`)
      : fail("Administrators", `none active; ${PRODUCT.command} admin recover --email <address>`),
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
