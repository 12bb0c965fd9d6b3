import { isDatabaseFault, sqlState } from "@/lib/platform/db";
import { PRODUCT } from "@/product";
import { DatabaseUnfit } from "./database-facts";
import { OperatorError } from "./operator-error";
import { speaksPostgres } from "./speaks-postgres";

/** A fault of a database in words, without a password in them. */
type DatabaseFault = {
  /** It may be over in a moment, without anybody's doing: waiting makes sense. */
  mends: boolean;
  /** What is wrong, and what to do about it. */
  words: string;
};

/** A migration's SQL failed. The cause is what the database said. */
export class MigrationFailed extends Error {
  override name = "MigrationFailed";
  constructor(migration: string, cause: Error) {
    super(`the migration ${migration} failed: ${cause.message}`, { cause });
  }
}

/** A fault met on the way to the database that this variable names. */
export class DatabaseTrouble extends Error {
  override name = "DatabaseTrouble";
  constructor(
    readonly variable: string,
    readonly fault: DatabaseFault,
    cause: unknown,
  ) {
    super(`${variable}: ${fault.words}`, { cause });
  }
}

/** Runs `work` on the database at `url`, and puts what goes wrong with that database into words. */
export async function inDatabase<T>(
  variable: string,
  url: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseTrouble) throw error;
    const fault = explainDatabaseFault(error, url);
    if (fault === null) throw error;
    const stranger =
      fault.mends && sqlState(error) === undefined && (await speaksPostgres(url)) === false;
    throw new DatabaseTrouble(
      variable,
      stranger ? lasting(`what listens at ${namesOf(url).server} is no PostgreSQL`) : fault,
      error,
    );
  }
}

const REFUSED_BY_POOLER =
  /password authentication failed|SASL authentication failed|no such user|auth_query failed/i;
const TLS_ERROR =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH)/;

/**
 * What an error of the driver or of Prisma's engine means to an operator; null when it is no fault of the database.
 * One judgement for the start, the command line and `doctor`. What is not known is taken for something that mends: a
 * server that waits and says what for is better than one that gave up for the night.
 */
export function explainDatabaseFault(error: unknown, url: string): DatabaseFault | null {
  if (error instanceof DatabaseUnfit) return lasting(error.message);
  if (error instanceof OperatorError) return null;
  const { server, host, database, role } = namesOf(url);
  const code = sqlState(error) ?? "";
  const said = messageOf(error);
  const mending = (words: string): DatabaseFault => ({ mends: true, words });

  if (TLS_ERROR.test(code)) {
    return lasting(
      `${server} shows a TLS certificate that cannot be trusted (${code}). Add ?sslrootcert=/path/to/ca.pem ` +
        "(or ?sslmode=no-verify, which encrypts and trusts anybody)",
    );
  }
  if (/does not support SSL/i.test(said)) {
    return lasting(
      `${server} speaks no TLS, and the address asks for it. Take sslmode out of it, or switch TLS on there`,
    );
  }
  if (
    /no encryption|SSL (off|required)|requires? (TLS|SSL)|SSL connection is required/i.test(said)
  ) {
    return lasting(
      `${server} lets nobody in without TLS (or not this role, database or address: pg_hba.conf). ` +
        "Add ?sslmode=require to the address",
    );
  }
  // Before the codes: a pooler answers everything with one.
  if (/unsupported startup parameter/i.test(said)) {
    const name = /parameter(?: in options)?: ([\w.]+)/i.exec(said)?.[1] ?? "options";
    return lasting(
      `the pooler at ${server} refuses ${name}. Take it out of the address` +
        (name === "options" ? `; for a schema: ALTER ROLE ${role} SET search_path = …` : ""),
    );
  }
  if (/no such database|database "[^"]*" does not exist/i.test(said) || code === "3D000") {
    return lasting(
      `there is no database ${database} at ${server}. Make it: CREATE DATABASE ${database} OWNER ${role} ENCODING 'UTF8' TEMPLATE template0`,
    );
  }
  if (
    code === "28P01" ||
    (code.startsWith("08") && REFUSED_BY_POOLER.test(said)) ||
    /client password must be a string/.test(said)
  ) {
    return lasting(
      `${server} does not let ${role} in with this password. Mend user and password in the address ` +
        "(special characters as a URL writes them: @ as %40, # as %23, / as %2F, % as %25), " +
        `or give it another: ALTER ROLE ${role} PASSWORD '…'`,
    );
  }
  if (code.startsWith("28")) {
    return lasting(
      `${server} does not let ${role} in: ${said}. Look at the role and at pg_hba.conf there`,
    );
  }
  if (code === "42501") return lasting(rightsMissing(said, role, database));
  if (code === "3F000") {
    return lasting(
      `${role} has no schema to make tables in: CREATE SCHEMA ${PRODUCT.command} AUTHORIZATION ${role}`,
    );
  }
  const { syscall, path } = innermost(error) as { syscall?: string; path?: string };
  if (path !== undefined && syscall !== "connect") {
    return new URLSearchParams(url.split("?")[1]).toString().includes(encodeURIComponent(path))
      ? lasting(`the file ${path}, which the address names, cannot be read`)
      : null;
  }
  if (code === "EACCES" || code === "EPERM") {
    return lasting(`this user may not open the socket file of ${server}`);
  }
  const engine = engineCode(error);
  if (engine === "P3005") {
    return lasting(
      `${database} holds tables of something else. Give ${PRODUCT.name} a schema of its own: add ?schema=${PRODUCT.command} to the address`,
    );
  }
  if (engine === "P1002") return mending("another process has been migrating it for a while");
  if (code === "ECONNREFUSED") return mending(`nothing listens at ${server} yet`);
  if (code === "ENOENT")
    return mending(`there is no PostgreSQL at the socket file of ${server} yet`);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return mending(`the name ${host} is not known (yet). If it never comes, it is misspelt`);
  }
  if (/^E(HOSTUNREACH|NETUNREACH|TIMEDOUT|HOSTDOWN|ADDRNOTAVAIL)$/.test(code)) {
    return mending(`${server} cannot be reached (${code})`);
  }
  if (code === "57P03") return mending(`${server} is not ready: ${said}`);
  if (
    code === "53300" ||
    /too many (clients|connections)|no more connections allowed/i.test(said)
  ) {
    return mending(`${server} has no connection left (${said})`);
  }
  if (code === "25006") {
    return mending(
      `${database} only reads: ${server} is a standby or was told to. The address must lead to the primary`,
    );
  }
  if (/error establishing an SSL connection/.test(said)) {
    return mending(`${server} does not answer as PostgreSQL does`);
  }
  if (!isDatabaseFault(error)) {
    if (error instanceof MigrationFailed) return lasting(error.message);
    if (engine?.startsWith("P3")) return lasting(`migrations cannot be applied: ${said}`);
    return isFatal(error) ? lasting(`${server} refuses: ${said}`) : null;
  }
  if (/timeout|timed out/i.test(said)) return mending(`${server} does not answer`);
  return mending(
    code === ""
      ? `${server} cannot serve now; ${PRODUCT.command} doctor looks at it`
      : `${server} answers ${code}: ${said}`,
  );
}

const lasting = (words: string): DatabaseFault => ({ mends: false, words });

function rightsMissing(said: string, role: string, database: string): string {
  const schema = /permission denied for schema (\S+)/.exec(said)?.[1];
  if (schema !== undefined) {
    return (
      `${role} may not make tables in the schema ${schema}. Allow it: GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${role}; ` +
      "or apply migrations as another role: DATABASE_MIGRATION_URL"
    );
  }
  if (/for database/.test(said)) {
    return `${role} lacks a right on the database ${database} (${said}). Allow it: GRANT CONNECT, CREATE ON DATABASE ${database} TO ${role}`;
  }
  if (/must be owner/.test(said)) {
    return `${role} may not change the tables (${said}). Apply migrations as their owner: DATABASE_MIGRATION_URL`;
  }
  return (
    `${role} lacks a right (${said}). As the owner of the tables: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES ` +
    `IN SCHEMA … TO ${role} (docs/guides/databases.md has all grants); a command that needs more runs with the owner's ` +
    "address in DATABASE_URL"
  );
}

function innermost(error: unknown): object {
  const { cause } = (error ?? {}) as { cause?: unknown };
  return cause ? innermost(cause) : ((error ?? {}) as object);
}

/** What the innermost error says, in one line. */
function messageOf(error: unknown): string {
  const { message, cause } = (error ?? {}) as { message?: unknown; cause?: unknown };
  const inner = cause ? messageOf(cause) : "";
  const said = inner === "" && typeof message === "string" ? message : inner;
  return said.replace(/\s+/g, " ").trim().slice(0, 300);
}

/** A code of Prisma's (P3005), which the engine puts on its errors. */
function engineCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && /^P\d{4}$/.test(code) ? code : undefined;
}

/** PostgreSQL ended the connection for good, instead of one statement. */
function isFatal(error: unknown): boolean {
  return (error as { severity?: unknown } | null)?.severity === "FATAL";
}

/** Who and where, as far as the address says it; never the password. */
function namesOf(url: string) {
  const parsed = URL.canParse(url.replace("@/", "@in-the-query/"))
    ? new URL(url.replace("@/", "@in-the-query/"))
    : null;
  const query = parsed?.searchParams;
  const host = query?.get("host") ?? parsed?.hostname ?? "";
  const port = query?.get("port") ?? (parsed?.port || "5432");
  const decoded = (text: string) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  return {
    host,
    server: host.startsWith("/") ? host : `${host || "localhost"}:${port}`,
    database: decoded(parsed?.pathname.slice(1) ?? "") || "(unnamed)",
    role: decoded(query?.get("user") ?? parsed?.username ?? "") || "the role",
  };
}
