import { z } from "zod";
import { settingsOf } from "@/lib/platform/env";
import {
  flag,
  group,
  readSecretFile,
  type Setting,
  secret,
  text,
  together,
  type ValueOf,
  variable,
} from "@/lib/platform/env/setting";

type SetupTokenSetting =
  | { kind: "minted"; onLoopbackToo: boolean }
  | { kind: "given"; value: string };

type FirstAdminSetting = {
  email: string;
  name: string | null;
  password: { kind: "plain"; value: string } | { kind: "hash"; value: string };
};

const signupSecret = z
  .string()
  .min(24, "needs at least 24 characters; make one with: openssl rand -base64 24");

const setupToken = z
  .string()
  .refine((value) => value === "required" || value.length >= 12, {
    error:
      "needs at least 12 characters, or the word required; make one with: openssl rand -hex 32",
  })
  .optional()
  .transform(
    (value): SetupTokenSetting =>
      value === undefined || value === "required"
        ? { kind: "minted", onLoopbackToo: value === "required" }
        : { kind: "given", value },
  );

const PASSWORD = "FIRST_ADMIN_PASSWORD";
const PASSWORD_FILE = "FIRST_ADMIN_PASSWORD_FILE";
const PASSWORD_HASH = "FIRST_ADMIN_PASSWORD_HASH";

/** An e-mail address and one of three passwords, or nothing. */
const firstAdmin = together(
  {
    email: variable("FIRST_ADMIN_EMAIL", text.optional()),
    name: variable("FIRST_ADMIN_NAME", text.optional()),
    [PASSWORD]: variable(PASSWORD, z.string().optional()),
    [PASSWORD_FILE]: variable(PASSWORD_FILE, text.optional()),
    [PASSWORD_HASH]: variable(PASSWORD_HASH, text.optional()),
  },
  ({ email, name, ...passwords }, report): FirstAdminSetting | undefined => {
    const given = Object.entries(passwords).filter(([, value]) => value !== undefined);
    const [[passwordName, sent] = [], another] = given;
    if (another !== undefined) {
      const names = given.map(([each]) => each).join(", ");
      report.refuse(another[0], `set only one of ${names}`);
    }
    if (email === undefined) {
      const other = passwordName ?? (name && "FIRST_ADMIN_NAME");
      if (other) report.refuse("FIRST_ADMIN_EMAIL", `is missing; ${other} is set without it`);
      return undefined;
    }
    if (sent === undefined) {
      report.refuse(
        PASSWORD,
        `is missing; set it, ${PASSWORD_FILE} or ${PASSWORD_HASH} beside FIRST_ADMIN_EMAIL`,
      );
      return undefined;
    }
    const value =
      passwordName === PASSWORD_FILE ? readSecretFile(passwordName, sent, report) : sent;
    if (value === undefined) return undefined;
    const kind = passwordName === PASSWORD_HASH ? "hash" : "plain";
    return { email, name: name ?? null, password: { kind, value } };
  },
);

/** Whatever is set of the first administrator, used or not. */
const firstAdminVariables: Setting<string[]> = {
  names: [],
  read: (source) => Object.keys(source).filter((name) => name.startsWith("FIRST_ADMIN_")),
};

/** Who may claim a fresh installation, and who is made an administrator without a claim. */
export const CLAIM_SETTINGS = group({
  bootstrapAllowed: variable("ALLOW_BOOTSTRAP", flag.optional()),
  adminSignupSecret: secret("ADMIN_SIGNUP_SECRET", signupSecret.optional()),
  setupToken: secret("SETUP_TOKEN", setupToken),
  firstAdmin,
  /** Names of the FIRST_ADMIN_* variables that are set. */
  firstAdminVariables,
});

export type ClaimSettings = ValueOf<typeof CLAIM_SETTINGS>;

/** @throws {EnvError} */
export function claimSettings(): Readonly<ClaimSettings> {
  return settingsOf("claim-settings", CLAIM_SETTINGS);
}
