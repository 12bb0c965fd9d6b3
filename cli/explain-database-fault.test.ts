import net from "node:net";
import { describe, expect, test } from "vitest";
import { DatabaseUnavailable } from "@/lib/platform/db";
import { PRODUCT } from "@/product";
import { DatabaseUnfit, judgeFacts, wishedSchema } from "./database-facts";
import { DatabaseTrouble, explainDatabaseFault, inDatabase } from "./explain-database-fault";
import { migrate } from "./migrate";
import { OperatorError } from "./operator-error";

const URL = "postgresql://app:s3cret%40pw@db.example.com:5433/house?schema=x";

/** As the driver throws: an error with a SQLSTATE, or Node's code of a socket. */
const thrown = (code: string | undefined, message: string, severity?: string) =>
  Object.assign(new Error(message), { ...(code && { code }), ...(severity && { severity }) });

describe("faults that do not mend", () => {
  test.each([
    ["28P01", 'password authentication failed for user "app"', "user and password"],
    [undefined, "SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string", "password"],
    ["08P01", "FATAL: password authentication failed", "user and password"],
    ["08P01", "no such user: app", "user and password"],
    ["28000", 'role "app" does not exist', "Look at the role"],
    ["28000", 'no pg_hba.conf entry for host "::1", no encryption', "sslmode=require"],
    ["3D000", 'database "house" does not exist', "CREATE DATABASE house OWNER app"],
    ["08P01", "no such database: house", "CREATE DATABASE house OWNER app"],
    ["42501", "permission denied for schema public", "GRANT USAGE, CREATE ON SCHEMA public TO app"],
    ["42501", "permission denied for database house", "GRANT CONNECT, CREATE ON DATABASE house"],
    ["42501", "permission denied for table users", "GRANT SELECT, INSERT, UPDATE, DELETE"],
    ["42501", "must be owner of table users", "DATABASE_MIGRATION_URL"],
    ["3F000", "no schema has been selected to create in", `CREATE SCHEMA ${PRODUCT.command}`],
    ["08P01", "unsupported startup parameter: options", "ALTER ROLE app SET search_path"],
    ["08P01", "unsupported startup parameter: extra_float_digits", "refuses extra_float_digits"],
    [undefined, "The server does not support SSL connections", "speaks no TLS"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain", "sslrootcert"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "Hostname/IP does not match", "sslrootcert"],
    ["EACCES", "connect EACCES /var/run/.s.PGSQL.5432", "may not open the socket"],
    ["P3005", "The database schema is not empty", "a schema of its own"],
  ])("%s %s", (code, message, fix) => {
    const fault = explainDatabaseFault(thrown(code, message), URL);
    expect(fault).toMatchObject({ mends: false, words: expect.stringContaining(fix) });
    expect(fault?.words).not.toContain("s3cret");
  });

  test("what a FATAL says of which we know nothing", () => {
    const fault = explainDatabaseFault(thrown("42704", "unrecognized parameter", "FATAL"), URL);
    expect(fault).toEqual({
      mends: false,
      words: "db.example.com:5433 refuses: unrecognized parameter",
    });
  });

  test("a certificate that the address names and nobody can read", () => {
    const missing = Object.assign(thrown("ENOENT", "no such file"), {
      ...{ syscall: "open", path: "/ca.pem" },
    });
    expect(explainDatabaseFault(missing, `${URL}&sslrootcert=/ca.pem`)).toEqual({
      mends: false,
      words: "the file /ca.pem, which the address names, cannot be read",
    });
  });

  test("another service behind the port, whatever it says", async () => {
    const says: ((socket: net.Socket) => void)[] = [
      (socket) => socket.on("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
      (socket) => socket.write("SSH-2.0-OpenSSH_9.2\r\n"),
      (socket) => socket.write(Buffer.from([0x4a, 0, 0, 0, 0x0a, 0x38])),
    ];
    for (const say of says) {
      const server = net.createServer((socket) => say(socket.on("error", () => {})));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as net.AddressInfo;
      const url = `postgresql://app:pw@127.0.0.1:${port}/house`;
      const trouble = await inDatabase("DATABASE_URL", url, async () => {
        throw new Error("Connection terminated unexpectedly");
      }).catch((error) => error);
      expect(trouble).toBeInstanceOf(DatabaseTrouble);
      expect(trouble.fault).toEqual({
        mends: false,
        words: `what listens at 127.0.0.1:${port} is no PostgreSQL`,
      });
      server.close();
    }
  });
});

describe("faults that mend", () => {
  test.each([
    ["ECONNREFUSED", "connect ECONNREFUSED", "nothing listens at db.example.com:5433 yet"],
    ["ENOTFOUND", "getaddrinfo ENOTFOUND", "the name db.example.com is not known (yet)"],
    ["EAI_AGAIN", "getaddrinfo EAI_AGAIN", "the name db.example.com is not known (yet)"],
    ["EHOSTUNREACH", "connect EHOSTUNREACH", "cannot be reached"],
    ["57P03", "the database system is starting up", "is starting up"],
    ["53300", "sorry, too many clients already", "no connection left"],
    ["08P01", "no more connections allowed (max_client_conn)", "no connection left"],
    ["25006", "cannot execute CREATE TABLE in a read-only transaction", "lead to the primary"],
    [undefined, "Connection terminated due to connection timeout", "does not answer"],
    ["P1002", "Timed out trying to acquire a postgres advisory lock", "another process"],
    ["40P01", "deadlock detected", "40P01"],
  ])("%s %s", (code, message, words) => {
    expect(explainDatabaseFault(thrown(code, message), URL)).toMatchObject({
      mends: true,
      words: expect.stringContaining(words),
    });
  });

  test("also below what wraps them", () => {
    const cause = thrown("ECONNREFUSED", "connect ECONNREFUSED");
    const wrapped = new DatabaseUnavailable("The database cannot be reached.", { cause });
    expect(explainDatabaseFault(wrapped, URL)?.words).toContain("nothing listens");
  });

  test("a port that nobody listens at is waited for", async () => {
    const url = "postgresql://app:pw@127.0.0.1:1/house";
    const trouble = await inDatabase("DATABASE_URL", url, () => migrate(url, process.cwd())).catch(
      (error) => error,
    );
    expect(trouble.message).toBe("DATABASE_URL: nothing listens at 127.0.0.1:1 yet");
    expect(trouble.fault.mends).toBe(true);
  });
});

test("a bug of ours is no fault of the database", () => {
  expect(explainDatabaseFault(new TypeError("x is not a function"), URL)).toBeNull();
  expect(explainDatabaseFault(new OperatorError("There is no such user."), URL)).toBeNull();
  expect(explainDatabaseFault(new Error("no such user"), URL)).toBeNull();
  const folder = Object.assign(thrown("EACCES", "permission denied"), {
    ...{ syscall: "open", path: "/data/setup-token.1" },
  });
  expect(explainDatabaseFault(folder, URL)).toBeNull();
  expect(explainDatabaseFault(thrown("22P02", "invalid input syntax", "ERROR"), URL)).toBeNull();
});

describe("what a database says of itself", () => {
  const facts = {
    ...{
      version: "15.1",
      versionNumber: 150_001,
      encoding: "UTF8",
      database: "house",
      role: "app",
    },
    ...{ schema: "public" as string | null, wishedSchema: null as string | null, mayCreate: true },
    ...{ readOnly: false, standby: false },
    ...{ statementTimeout: "0", now: new Date() },
  };

  test.each([
    [{ versionNumber: 130_012, version: "13.12" }, {}, "13.12 is too old"],
    [{ encoding: "LATIN1" }, {}, "ENCODING 'UTF8' TEMPLATE template0"],
    [{ encoding: "SQL_ASCII" }, {}, "SQL_ASCII"],
    [{ schema: null }, {}, `CREATE SCHEMA ${PRODUCT.command} AUTHORIZATION app`],
    [{}, { wished: "house", pooled: true }, "SET search_path = house"],
  ])("%o %o is refused", (said, asked, words) => {
    const judge = () =>
      judgeFacts({ ...facts, ...said }, { wished: null, pooled: false, ...asked });
    expect(judge).toThrow(DatabaseUnfit);
    expect(judge).toThrow(words);
  });

  test("and what is fit is not", () => {
    judgeFacts(facts, { wished: null, pooled: true });
    judgeFacts({ ...facts, schema: "house" }, { wished: "house", pooled: true });
    judgeFacts({ ...facts, schema: null, wishedSchema: "x" }, { wished: "x", pooled: false });
  });

  test.each([
    ['"$user", public', null],
    ["public", "public"],
    ["house, public", "house"],
    ['"Its ""own""", public', 'Its "own"'],
    ["", null],
    ['""', null],
  ])("a search path %s wishes for %s", (path, wished) => expect(wishedSchema(path)).toBe(wished));
});
