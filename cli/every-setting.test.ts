import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EnvError, readSettings } from "@/lib/platform/env/setting";
import { EVERY_SETTING } from "./every-setting";

const COMPLETE = {
  DATABASE_URL: "postgresql://localhost/test",
  AUTH_SECRET: "kJ8w2LqXz5vR1mNcT7yBhG4dFsPaEuQo",
};

const parse = (source: Record<string, string | undefined>) =>
  readSettings(EVERY_SETTING, { ...COMPLETE, ...source });

/** The variables complained of, in order. */
function refused(source: Record<string, string | undefined>): string[] {
  try {
    parse(source);
    return [];
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    return error.problems.map(({ name }) => name);
  }
}

describe("one bad value", () => {
  test.each([
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PORT", "http"],
    ["PORT", "80.5"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["DATABASE_URL", "postgresql://special:p@ss#w/o%r$d@localhost/special"],
    ["DATABASE_MIGRATION_URL", "localhost"],
    ["DATABASE_PREPARED_STATEMENTS", "maybe"],
    ["DATABASE_URL", undefined],
    ["AUTH_SECRET", undefined],
    ["AUTH_SECRET", "short"],
    ["AUTH_SECRET", "a".repeat(40)],
    ["AUTH_SECRET", "please-change-me-please-change-me-please"],
    ["AUTH_SECRET", `${COMPLETE.AUTH_SECRET},short`],
    ["BASE_URL", "app.example.com"],
    ["BASE_URL", "ftp://app.example.com"],
    ["BASE_URL", "https://app.example.com/path"],
    ["BASE_URL", "javascript:alert(1)"],
    ["TRUSTED_PROXIES", "everybody"],
    ["TRUSTED_PROXIES", "10.0.0.0/8,nope"],
    ["TRUSTED_PROXIES", "10.0.0.0/99"],
    ["ALLOW_BOOTSTRAP", "yes"],
    ["ADMIN_SIGNUP_SECRET", "too-short"],
    ["SETUP_TOKEN", "short"],
    ["PASSWORD_MIN_LENGTH", "7"],
    ["PASSWORD_HASH", "md5"],
    ["BCRYPT_COST", "9"],
    ["BCRYPT_COST", "16"],
    ["BREACHED_PASSWORDS_URL", "on"],
    ["BREACHED_PASSWORDS_URL", "api.pwnedpasswords.com/range/"],
    ["BREACHED_PASSWORDS_URL", "http://mirror.example.com/range/"],
    ["BREACHED_PASSWORDS_URL", "http://localhost.example.com/range/"],
    ["BREACHED_PASSWORDS_URL", "https://user:secret@mirror.example.com/range/"],
    ["BREACHED_PASSWORDS_URL", "https://mirror.example.com/range/?prefix="],
    ["BREACHED_PASSWORDS_URL", "https://mirror.example.com/#"],
    ["BREACHED_PASSWORDS_URL", "file:///range/"],
    ["CORS_ALLOWED_ORIGINS", "*"],
    ["CORS_ALLOWED_ORIGINS", "https://app.example.com,https://*.example.com"],
    ["CORS_ALLOWED_ORIGINS", "https://app.example.com/path"],
    ["CORS_ALLOWED_ORIGINS", Array.from({ length: 21 }, (_, i) => `https://a${i}.test`).join()],
    ["LOG_LEVEL", "loud"],
    ["MAIL_FROM", "Latchkey"],
    ["MAIL_FROM", "a@example.com, b@example.com"],
    ["MAIL_FROM", "A\nBcc: x@example.com <a@example.com>"],
    ["SMTP_URL", "mail.example.com:587"],
    ["SMTP_URL", "https://mail.example.com"],
    ["SMTP_URL", "smtp:///"],
  ])("%s=%s is refused by name", (name, value) => {
    const mail = /^(SMTP|MAIL)_/.test(name)
      ? { SMTP_URL: "smtp://localhost", MAIL_FROM: "a@example.com" }
      : {};
    expect([...new Set(refused({ ...mail, [name]: value }))]).toEqual([name]);
  });

  test("origins are read as browsers write them", () => {
    const CORS_ALLOWED_ORIGINS = "HTTPS://App.Example.com:443/, http://localhost:5173,";
    expect(parse({ CORS_ALLOWED_ORIGINS }).settings.allowedOrigins).toEqual([
      "https://app.example.com",
      "http://localhost:5173",
    ]);
  });

  test("no complaint repeats the value", () => {
    const secret = "my-secret-value-that-is-short";
    expect(() => parse({ AUTH_SECRET: secret })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(secret) }),
    );
  });
});

test("several problems are told at once", () => {
  expect(refused({ AUTH_SECRET: "short", SETUP_TOKEN: "short" })).toEqual([
    "AUTH_SECRET",
    "SETUP_TOKEN",
  ]);
});

test("an empty variable is an unset one", () => {
  expect(parse({ PORT: "", FIRST_ADMIN_EMAIL: "", SETUP_TOKEN: "" })).toMatchObject({
    env: { port: 3000 },
    claim: { firstAdmin: undefined, setupToken: { kind: "minted", onLoopbackToo: false } },
  });
});

describe("the first administrator's group", () => {
  const email = "a@example.com";
  test.each([
    [{ FIRST_ADMIN_EMAIL: email }, ["FIRST_ADMIN_PASSWORD"]],
    [{ FIRST_ADMIN_EMAIL: email, FIRST_ADMIN_NAME: "A" }, ["FIRST_ADMIN_PASSWORD"]],
    [{ FIRST_ADMIN_PASSWORD: "x" }, ["FIRST_ADMIN_EMAIL"]],
    [{ FIRST_ADMIN_NAME: "A" }, ["FIRST_ADMIN_EMAIL"]],
    [
      { FIRST_ADMIN_EMAIL: email, FIRST_ADMIN_PASSWORD: "x", FIRST_ADMIN_PASSWORD_HASH: "y" },
      ["FIRST_ADMIN_PASSWORD_HASH"],
    ],
    [
      { FIRST_ADMIN_EMAIL: email, FIRST_ADMIN_PASSWORD_FILE: "/no/such/file" },
      ["FIRST_ADMIN_PASSWORD_FILE"],
    ],
    [{ FIRST_ADMIN_EMAIL: email, FIRST_ADMIN_PASSWORD: "x" }, []],
  ])("%j complains of %j", (source, names) => {
    expect(refused(source)).toEqual(names);
  });
});

describe("mail is a server and a sender, or neither", () => {
  const from = "Latchkey <no-reply@example.com>";
  const url = "smtps://user:p%40ss@mail.example.com";
  test.each([
    [{ SMTP_URL: url }, ["MAIL_FROM"]],
    [{ MAIL_FROM: from }, ["SMTP_URL"]],
    [{ SMTP_URL_FILE: "/no/such/file", MAIL_FROM: from }, ["SMTP_URL_FILE"]],
    [{ SMTP_URL: url, SMTP_URL_FILE: "/no/such/file", MAIL_FROM: from }, ["SMTP_URL"]],
    [{ SMTP_URL: url, MAIL_FROM: from }, []],
    [{ SMTP_URL: url, MAIL_FROM: "no-reply@example.com" }, []],
  ])("%j complains of %j", (source, names) => {
    expect(refused(source)).toEqual(names);
  });
});

describe("secrets in files", () => {
  let folder: string;
  const file = (name: string) => path.join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "latchkey-env-"));
    await mkdir(file("folder"));
    await writeFile(file("empty"), "\n", { mode: 0o600 });
    await writeFile(file("good"), "a-secret-from-a-file-1234567\n", { mode: 0o600 });
    await writeFile(file("spaces"), "  a-secret-with-spaces-12345  \r\n", { mode: 0o600 });
    await writeFile(file("open"), "a-secret-from-a-file-1234567");
    await chmod(file("open"), 0o644);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const read = (name: string) => parse({ ADMIN_SIGNUP_SECRET_FILE: file(name) });

  test("lose one line break at the end and nothing else", () => {
    expect(read("good").claim.adminSignupSecret).toBe("a-secret-from-a-file-1234567");
    expect(read("spaces").claim.adminSignupSecret).toBe("  a-secret-with-spaces-12345  ");
  });

  test.each(["missing", "folder", "empty"])("%s is refused", (name) => {
    expect(refused({ ADMIN_SIGNUP_SECRET_FILE: file(name) })).toContain("ADMIN_SIGNUP_SECRET_FILE");
  });

  test("readable by everybody is a warning", () => {
    expect(read("good").warnings).toEqual([]);
    expect(read("open").warnings).toMatchObject([{ name: "ADMIN_SIGNUP_SECRET_FILE" }]);
  });

  test("beside the value itself are refused", () => {
    const both = { SETUP_TOKEN: "a-long-enough-token", SETUP_TOKEN_FILE: file("good") };
    expect(refused(both)).toEqual(["SETUP_TOKEN"]);
  });
});

test("what is derived", () => {
  const { env, claim } = parse({
    NODE_ENV: "production",
    AUTH_SECRET: `${COMPLETE.AUTH_SECRET}, ${COMPLETE.AUTH_SECRET}2`,
    BASE_URL: "https://App.example.com/",
    TRUSTED_PROXIES: "2",
  });
  expect(env).toMatchObject({
    production: true,
    baseUrl: "https://app.example.com",
    https: true,
    authSecrets: [COMPLETE.AUTH_SECRET, `${COMPLETE.AUTH_SECRET}2`],
    trustedProxies: { kind: "hops", hops: 2 },
  });
  expect(claim.bootstrapAllowed).toBeFalsy();
  expect(parse({ NODE_ENV: "development" }).env.production).toBe(false);
  expect(parse({ PORT: "8080" }).env.baseUrl).toBe("http://localhost:8080");
});

test("every variable has its line in .env.example, and every line a variable", async () => {
  const lines = (await readFile(".env.example", "utf8")).split("\n");
  const named = lines.flatMap((line) => /^#?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1] ?? []);
  const told = EVERY_SETTING.names.filter((name) => name !== "NODE_ENV"); // it does nothing in a file
  expect([...new Set(named)].sort()).toEqual([...told].sort());
});

test("the guides name no variable that is none", async () => {
  const files = [
    "README.md",
    ...(await readdir("docs/guides")).map((name) => `docs/guides/${name}`),
  ];
  const known = [...EVERY_SETTING.names, "LC_CTYPE"];
  for (const file of files) {
    const words = (await readFile(file, "utf8")).match(
      /(?<![\w$])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?=\b)/g,
    );
    for (const word of words ?? []) expect(known, file).toContain(word);
  }
});
