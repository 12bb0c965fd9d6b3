import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { databaseUrlProblem, inSchemaOf } from "./database-url";
import { processWide } from "./process-wide";

/** One thing wrong with the environment: which variable, and what to do about it. */
export type EnvProblem = { name: string; fix: string };

/** The environment is bad or half-set; the start must stop and print `problems`. Values never appear in it. */
export class EnvError extends Error {
  override name = "EnvError";
  constructor(readonly problems: EnvProblem[]) {
    super(problems.map((problem) => `${problem.name}: ${problem.fix}`).join("\n"));
  }
}

/** Secrets that are in a sample, a tutorial or a keyboard row are no secrets. */
const SAMPLE_SECRET =
  /^(.)\1*$|change[-_ ]?me|change[-_ ]?this|your[-_ ]?(auth|secret|random)|replace[-_ ]?(me|this|with)|(auth|nextauth)[-_]secret|example|0123456789|123456789012/i;

const SECRET_MIN_BYTES = 32;
const SIGNUP_SECRET_MIN = 24;
const SETUP_TOKEN_MIN = 12;

const text = z.string().trim().min(1);
const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${min} to ${max}` })
    .int(`must be a whole number from ${min} to ${max}`)
    .min(min, `must be a whole number from ${min} to ${max}`)
    .max(max, `must be a whole number from ${min} to ${max}`);
const flag = z
  .enum(["true", "false", "1", "0"], { error: "must be true or false" })
  .transform((value) => value === "true" || value === "1");
const databaseUrl = z.string().superRefine((value, context) => {
  const problem = databaseUrlProblem(value);
  if (problem !== null) context.addIssue({ code: "custom", message: problem });
});

const Variables = z.object({
  NODE_ENV: z.string().default("production"),
  PORT: wholeNumber(1, 65_535).default(3000),
  HOST: text.optional(),
  DATA_DIR: text.default("./data"),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_MIGRATION_URL: databaseUrl.optional(),
  DATABASE_PREPARED_STATEMENTS: z.enum(["on", "off"], { error: "must be on or off" }).optional(),
  AUTH_SECRET: z.string().optional(),
  BASE_URL: z
    .url({ protocol: /^https?$/, error: "must be an origin such as https://app.example.com" })
    .refine((value) => !URL.canParse(value) || new URL(value).pathname === "/", {
      error: "must be an origin without a path, such as https://app.example.com",
    })
    .optional(),
  TRUSTED_PROXIES: text.optional(),
  ALLOW_BOOTSTRAP: flag.optional(),
  ADMIN_SIGNUP_SECRET: z.string().optional(),
  ADMIN_SIGNUP_SECRET_FILE: text.optional(),
  SETUP_TOKEN: z.string().optional(),
  SETUP_TOKEN_FILE: text.optional(),
  FIRST_ADMIN_EMAIL: text.optional(),
  FIRST_ADMIN_NAME: text.optional(),
  FIRST_ADMIN_PASSWORD: z.string().optional(),
  FIRST_ADMIN_PASSWORD_FILE: text.optional(),
  FIRST_ADMIN_PASSWORD_HASH: text.optional(),
  PASSWORD_MIN_LENGTH: wholeNumber(8, 64).default(8),
  PASSWORD_HASH: z
    .enum(["bcrypt", "argon2id"], { error: "must be bcrypt or argon2id" })
    .default("bcrypt"),
  BCRYPT_COST: wholeNumber(10, 15).default(10),
  BREACHED_PASSWORDS_URL: text.optional(),
  SESSION_DAYS: wholeNumber(1, 365).default(30),
  SESSION_IDLE_DAYS: wholeNumber(1, 365).default(14),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, "must start with redis:// or rediss://")
    .optional(),
  SMTP_URL: text.optional(),
  SMTP_URL_FILE: text.optional(),
  MAIL_FROM: text.optional(),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      error: "must be one of trace, debug, info, warn, error, fatal, silent",
    })
    .default("info"),
});

/** Every name that is read. */
export const VARIABLE_NAMES = Object.keys(Variables.shape);

/** Whose forwarded headers are believed: so many hops from the socket, or peers inside these ranges. */
export type TrustedProxies =
  | { kind: "none" }
  | { kind: "hops"; hops: number }
  | { kind: "ranges"; ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][] };

export type SetupTokenSetting =
  | { kind: "minted"; onLoopbackToo: boolean }
  | { kind: "given"; value: string };

export type FirstAdminSetting = {
  email: string;
  name: string | null;
  password: { kind: "plain"; value: string } | { kind: "hash"; value: string };
};

/** The server that mail is given to, with its password in the address, and who the mail is from. */
export type MailSetting = { smtpUrl: string; from: string };

export type Env = Readonly<{
  production: boolean;
  port: number;
  host: string | undefined;
  dataDir: string;
  databaseUrl: string;
  /** As whom and where migrations are applied; `databaseUrl` unless set. Looks in the same schema. */
  migrationUrl: string;
  /** Whether statements are prepared by name; undefined: on sessions of our own only. */
  preparedStatements: boolean | undefined;
  /** Newest first: the first signs, all verify. */
  authSecrets: readonly [string, ...string[]];
  /** Origin without a trailing slash. */
  baseUrl: string;
  /** Whether the operator has said it, so that `baseUrl` is no guess. */
  baseUrlGiven: boolean;
  /** Whether `baseUrl` names this very machine. */
  baseUrlIsLoopback: boolean;
  https: boolean;
  trustedProxies: TrustedProxies;
  bootstrapAllowed: boolean;
  adminSignupSecret: string | undefined;
  setupToken: SetupTokenSetting;
  firstAdmin: FirstAdminSetting | undefined;
  /** Names of the FIRST_ADMIN_* variables that are set. */
  firstAdminVariables: readonly string[];
  passwordMinLength: number;
  passwordHash: "bcrypt" | "argon2id";
  bcryptCost: number;
  /** Where breached passwords are looked up; ends with a slash. undefined: nowhere. */
  breachedPasswordsUrl: string | undefined;
  /** A session ends after so many days, and sooner when it was not used for so many. */
  sessionDays: number;
  sessionIdleDays: number;
  /** Where guesses are counted; without it in PostgreSQL. */
  redisUrl: string | undefined;
  /** undefined: no mail is sent, and links are handed over by hand. */
  mail: MailSetting | undefined;
  logLevel: string;
  /** Worth telling the operator at start, not worth refusing. */
  warnings: readonly EnvProblem[];
}>;

type Source = Record<string, string | undefined>;

/** An empty variable is an unset one: compose files and unit files write `NAME=` for "not this one". */
function setVariables(source: Source): Source {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
}

/**
 * Reads and checks the whole environment at once, so that one start shows every problem.
 *
 * @throws {EnvError} naming each variable and its fix (docs/contracts/environment.md)
 */
export function parseEnv(raw: Source): Env {
  const source = setVariables(raw);
  const problems: EnvProblem[] = [];
  const warnings: EnvProblem[] = [];
  const parsed = Variables.safeParse(source);
  if (!parsed.success) {
    throw new EnvError(
      parsed.error.issues.map((issue) => ({ name: String(issue.path[0]), fix: issue.message })),
    );
  }
  const vars = parsed.data;
  const refuse = (name: string, fix: string) => {
    problems.push({ name, fix });
  };

  const secretFile = (name: string, file: string): string | undefined => {
    try {
      const stat = statSync(file);
      if (stat.isDirectory()) {
        refuse(name, "points to a folder; give it a file that holds only the secret");
        return undefined;
      }
      if (stat.mode & 0o004) {
        warnings.push({ name, fix: "the file is readable by every user; chmod 600 it" });
      }
      const value = readFileSync(file, "utf8").replace(/\r?\n$/, "");
      if (value === "") refuse(name, "the file is empty");
      return value;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      refuse(name, code === "ENOENT" ? "no such file" : `the file cannot be read (${code})`);
      return undefined;
    }
  };

  const secretOrFile = (name: string, value?: string, file?: string): string | undefined => {
    if (value !== undefined && file !== undefined) {
      refuse(name, `set ${name} or ${name}_FILE, not both`);
      return undefined;
    }
    return file === undefined ? value : secretFile(`${name}_FILE`, file);
  };

  const firstAdmin = ((): FirstAdminSetting | undefined => {
    const passwordNames = (
      ["FIRST_ADMIN_PASSWORD", "FIRST_ADMIN_PASSWORD_FILE", "FIRST_ADMIN_PASSWORD_HASH"] as const
    ).filter((name) => vars[name] !== undefined);
    const [passwordName, second] = passwordNames;
    if (second !== undefined) refuse(second, `set only one of ${passwordNames.join(", ")}`);
    if (vars.FIRST_ADMIN_EMAIL === undefined) {
      const other = passwordName ?? (vars.FIRST_ADMIN_NAME && "FIRST_ADMIN_NAME");
      if (other) refuse("FIRST_ADMIN_EMAIL", `is missing; ${other} is set without it`);
      return undefined;
    }
    if (passwordName === undefined) {
      refuse(
        "FIRST_ADMIN_PASSWORD",
        "is missing; set it, FIRST_ADMIN_PASSWORD_FILE or FIRST_ADMIN_PASSWORD_HASH beside FIRST_ADMIN_EMAIL",
      );
      return undefined;
    }
    const value =
      passwordName === "FIRST_ADMIN_PASSWORD_FILE"
        ? secretFile(passwordName, vars[passwordName] ?? "")
        : vars[passwordName];
    return value === undefined
      ? undefined
      : {
          email: vars.FIRST_ADMIN_EMAIL,
          name: vars.FIRST_ADMIN_NAME ?? null,
          password: {
            kind: passwordName === "FIRST_ADMIN_PASSWORD_HASH" ? "hash" : "plain",
            value,
          },
        };
  })();

  const authSecrets = (vars.AUTH_SECRET ?? "").split(",").map((part) => part.trim());
  if (vars.AUTH_SECRET === undefined) {
    refuse("AUTH_SECRET", "is missing; make one with: openssl rand -base64 33");
  } else {
    for (const secret of authSecrets) {
      if (Buffer.byteLength(secret) < SECRET_MIN_BYTES) {
        refuse("AUTH_SECRET", "needs at least 32 bytes; make one with: openssl rand -base64 33");
      } else if (SAMPLE_SECRET.test(secret)) {
        refuse("AUTH_SECRET", "is a sample value; make one with: openssl rand -base64 33");
      }
    }
  }
  if (vars.DATABASE_URL === undefined) {
    refuse("DATABASE_URL", "is missing; npm start sets it for the embedded database");
  }

  const adminSignupSecret = secretOrFile(
    "ADMIN_SIGNUP_SECRET",
    vars.ADMIN_SIGNUP_SECRET,
    vars.ADMIN_SIGNUP_SECRET_FILE,
  );
  if (adminSignupSecret !== undefined && adminSignupSecret.length < SIGNUP_SECRET_MIN) {
    refuse(
      "ADMIN_SIGNUP_SECRET",
      "needs at least 24 characters; make one with: openssl rand -base64 24",
    );
  }

  const setupTokenValue = secretOrFile("SETUP_TOKEN", vars.SETUP_TOKEN, vars.SETUP_TOKEN_FILE);
  const setupToken: SetupTokenSetting =
    setupTokenValue === undefined || setupTokenValue === "required"
      ? { kind: "minted", onLoopbackToo: setupTokenValue === "required" }
      : { kind: "given", value: setupTokenValue };
  if (setupToken.kind === "given" && setupToken.value.length < SETUP_TOKEN_MIN) {
    refuse(
      "SETUP_TOKEN",
      "needs at least 12 characters, or the word required; make one with: openssl rand -hex 32",
    );
  }

  const mail = ((): MailSetting | undefined => {
    const smtpUrl = secretOrFile("SMTP_URL", vars.SMTP_URL, vars.SMTP_URL_FILE);
    const from = vars.MAIL_FROM;
    if (smtpUrl === undefined) {
      if (from && !vars.SMTP_URL_FILE)
        refuse("SMTP_URL", "is missing; MAIL_FROM is set without it");
      return undefined;
    }
    if (!isSmtpUrl(smtpUrl)) {
      refuse("SMTP_URL", "must be such as smtp://user:password@mail.example.com:587");
    }
    if (from === undefined) {
      refuse("MAIL_FROM", "is missing; set the address that mail comes from beside SMTP_URL");
      return undefined;
    }
    if (!SENDER.test(from)) {
      refuse("MAIL_FROM", "must be such as no-reply@example.com or Name <no-reply@example.com>");
    }
    return { smtpUrl, from };
  })();

  const breachedPasswordsUrl = vars.BREACHED_PASSWORDS_URL?.replace(/\/?$/, "/");
  if (breachedPasswordsUrl !== undefined && !isRangeUrl(breachedPasswordsUrl)) {
    refuse(
      "BREACHED_PASSWORDS_URL",
      "must be https, or http on this machine, such as https://api.pwnedpasswords.com/range/",
    );
  }

  const trustedProxies = parseTrustedProxies(vars.TRUSTED_PROXIES, refuse);
  if (problems.length > 0) throw new EnvError(problems);

  const baseUrl = new URL(vars.BASE_URL ?? `http://localhost:${vars.PORT}`).origin;
  return {
    production: vars.NODE_ENV === "production",
    port: vars.PORT,
    host: vars.HOST,
    dataDir: path.resolve(vars.DATA_DIR),
    databaseUrl: vars.DATABASE_URL ?? "",
    migrationUrl: inSchemaOf(
      vars.DATABASE_URL ?? "",
      vars.DATABASE_MIGRATION_URL ?? vars.DATABASE_URL ?? "",
    ),
    preparedStatements:
      vars.DATABASE_PREPARED_STATEMENTS && vars.DATABASE_PREPARED_STATEMENTS === "on",
    authSecrets: authSecrets as [string, ...string[]],
    baseUrl,
    baseUrlGiven: vars.BASE_URL !== undefined,
    baseUrlIsLoopback: isLoopbackName(new URL(baseUrl).hostname),
    https: baseUrl.startsWith("https:"),
    trustedProxies,
    bootstrapAllowed: vars.NODE_ENV !== "production" || vars.ALLOW_BOOTSTRAP === true,
    adminSignupSecret,
    setupToken,
    firstAdmin,
    firstAdminVariables: Object.keys(source).filter((name) => name.startsWith("FIRST_ADMIN_")),
    passwordMinLength: vars.PASSWORD_MIN_LENGTH,
    passwordHash: vars.PASSWORD_HASH,
    bcryptCost: vars.BCRYPT_COST,
    breachedPasswordsUrl,
    sessionDays: vars.SESSION_DAYS,
    sessionIdleDays: vars.SESSION_IDLE_DAYS,
    redisUrl: vars.REDIS_URL,
    mail,
    logLevel: vars.LOG_LEVEL,
    warnings,
  };
}

/** An address, or a name and an address in angle brackets; one line. */
const SENDER = /^(?:[^\s<>,]+@[^\s<>,]+|[^<>\p{Cc}]+ <[^\s<>,]+@[^\s<>,]+>)$/u;

function isSmtpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return (protocol === "smtp:" || protocol === "smtps:") && hostname !== "";
}

/** An address that digits can be put behind. In the open they would tell a listener which password it may be. */
function isRangeUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username !== "" || password !== "" || /[?#]/.test(value)) return false;
  return protocol === "https:" || (protocol === "http:" && isLoopbackName(hostname));
}

/** Whether the host of an address, as URL writes it, is this very machine. */
function isLoopbackName(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

function parseTrustedProxies(
  value: string | undefined,
  refuse: (name: string, fix: string) => void,
): TrustedProxies {
  if (value === undefined) return { kind: "none" };
  if (/^\d{1,2}$/.test(value)) {
    const hops = Number(value);
    return hops === 0 ? { kind: "none" } : { kind: "hops", hops };
  }
  const ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][] = [];
  for (const part of value.split(",").map((piece) => piece.trim())) {
    if (ipaddr.isValidCIDR(part)) ranges.push(ipaddr.parseCIDR(part));
    else if (ipaddr.isValid(part)) {
      const address = ipaddr.parse(part);
      ranges.push([address, address.kind() === "ipv4" ? 32 : 128]);
    } else {
      refuse("TRUSTED_PROXIES", "must be a number of hops, or addresses and CIDRs with commas");
      break;
    }
  }
  return { kind: "ranges", ranges };
}

/**
 * The checked environment of this process, read once.
 *
 * @throws {EnvError} see parseEnv
 */
export function env(): Env {
  return processWide("env", () => {
    const parsed = parseEnv(process.env);
    // next-auth takes its own origin from this variable or else from the Host header, which anybody can set.
    process.env["AUTH_URL"] = parsed.baseUrl;
    return parsed;
  });
}
