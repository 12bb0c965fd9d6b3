import { z } from "zod";
import { hiddenMark } from "@/lib/platform/hidden-mark";

/** Each way a setting can be wrong. An issue's message is one of these, never a sentence. */
export const SETTING_RULES = [
  "invalid",
  "nameEmpty",
  "nameTooLong",
  "nameCharacters",
  "accentInvalid",
  "passwordLengthRange",
  "daysRange",
  "originInvalid",
  "originsTooMany",
  "imageTooLarge",
  "imageKind",
  "imageSize",
] as const;
export type SettingRule = (typeof SETTING_RULES)[number];

/** One thing wrong with what was asked: which setting, which rule. */
export type SettingIssue = { field: string; rule: SettingRule };

export const NAME_MAX = 60;
/** What a form of the pages can carry beside its other fields; the database holds it, too. */
export const IMAGE_MAX_BYTES = 48 * 1024;
export const PASSWORD_LENGTH_MIN = 8;
export const PASSWORD_LENGTH_MAX = 64;
export const DAYS_MIN = 1;
export const DAYS_MAX = 365;
export const ORIGINS_MAX = 20;
export const IMAGE_MIN_SIDE = 16;
export const IMAGE_MAX_SIDE = 1024;
export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp"] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

const rule = (key: SettingRule) => key;

/** What people call the installation: one visible line. It goes into titles, mails and authenticator apps. */
const Name = z
  .string(rule("invalid"))
  .trim()
  .min(1, rule("nameEmpty"))
  .max(NAME_MAX, { error: rule("nameTooLong"), abort: true })
  .refine((value) => hiddenMark(value) === null && value.isWellFormed(), {
    error: rule("nameCharacters"),
    abort: true,
  })
  .transform((value) => value.normalize("NFC"));

/** A colour as `#rrggbb`, in lower case. */
const Accent = z
  .string(rule("accentInvalid"))
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, rule("accentInvalid"));

const PasswordLength = z
  .int(rule("passwordLengthRange"))
  .min(PASSWORD_LENGTH_MIN, rule("passwordLengthRange"))
  .max(PASSWORD_LENGTH_MAX, rule("passwordLengthRange"));

const Days = z
  .int(rule("daysRange"))
  .min(DAYS_MIN, rule("daysRange"))
  .max(DAYS_MAX, rule("daysRange"));

/** An origin and nothing behind it, one host: what a wildcard would stand for nobody has thought of. */
const ORIGIN = /^https?:\/\/[^\s/\\?#@*,]+\/?$/i;

/** As a browser sends it (HTML, "serialization of an origin"); null for what is none. */
function toOrigin(written: string): string | null {
  return ORIGIN.test(written) && URL.canParse(written) ? new URL(written).origin : null;
}

const Origins = z.array(z.string(rule("invalid")), rule("invalid")).transform((sent, context) => {
  const read = sent.map((written) => toOrigin(written.trim()));
  const origins = [...new Set(read.filter((origin) => origin !== null))];
  if (read.includes(null)) context.addIssue(rule("originInvalid"));
  else if (origins.length > ORIGINS_MAX) context.addIssue(rule("originsTooMany"));
  return origins;
});

/** What can be set, and what each may be. */
export const SETTINGS = {
  name: Name,
  accent: Accent,
  passwordMinLength: PasswordLength,
  breachedPasswords: z.boolean(rule("invalid")),
  sessionDays: Days,
  sessionIdleDays: Days,
  allowedOrigins: Origins,
} as const;
export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** Who loosens these lets others in more easily, so they are for who has just proved who they are. */
export const GUARDED_SETTINGS: readonly SettingName[] = [
  "passwordMinLength",
  "breachedPasswords",
  "sessionDays",
  "sessionIdleDays",
  "allowedOrigins",
];

/** What was set; what is missing is as by default. */
export type Stored = { [Key in SettingName]?: z.output<(typeof SETTINGS)[Key]> };

/** Any of the settings; null for as by default. */
export const SettingsChanges = z.object({
  name: Name.nullable()
    .optional()
    .meta({ description: `At most ${NAME_MAX} characters. null: the name of the product.` }),
  accent: Accent.nullable()
    .optional()
    .meta({ description: "The colour of what is to be done, as `#rrggbb`. null: brass." }),
  passwordMinLength: PasswordLength.nullable().optional(),
  breachedPasswords: SETTINGS.breachedPasswords.nullable().optional().meta({
    description:
      "Whether new passwords are looked up among breached ones: five digits of their SHA-1 are sent to api.pwnedpasswords.com.",
  }),
  sessionDays: Days.nullable().optional(),
  sessionIdleDays: Days.nullable().optional(),
  allowedOrigins: Origins.nullable()
    .optional()
    .meta({
      description: `At most ${ORIGINS_MAX}, such as \`https://app.example.com\`: scheme, host and port, no wildcard. null: none.`,
    }),
});

/** The issues of a failed parse, in the order they were found. */
export function settingIssuesOf(error: z.ZodError): SettingIssue[] {
  return error.issues.map(({ path, message }) => ({
    field: String(path[0] ?? "body"),
    rule: SETTING_RULES.find((known) => known === message) ?? "invalid",
  }));
}
