import { z } from "zod";
import { asciiAddress } from "@/lib/platform/ascii-address";
import { hiddenMark } from "@/lib/platform/hidden-mark";
import {
  isPoisonedKey,
  isStorableText,
  METADATA_MAX_BYTES,
  METADATA_MAX_DEPTH,
  metadataBytes,
} from "./limits";

/**
 * What a person's fields may hold, shared by browser, server and every door. An issue's message is the key of
 * a rule, never a sentence: each door, page and language has its own words for it.
 */
export const RULES = [
  "required",
  "invalid",
  "emailInvalid",
  "emailDots",
  "emailLetters",
  "emailHidden",
  "emailTooLong",
  "emailTaken",
  "nameTooLong",
  "nameCharacters",
  "passwordTooShort",
  "passwordTooManyBytes",
  "passwordNotText",
  "passwordCommon",
  "passwordBreached",
  "passwordPersonal",
  "passwordNeedsLetter",
  "passwordNeedsMixedCase",
  "passwordNeedsNumber",
  "passwordNeedsSymbol",
  "metadataInvalid",
  "metadataTooLarge",
  "roleUnknown",
] as const;
export type Rule = (typeof RULES)[number];

/** One thing wrong with what was asked: which field, which rule. */
export type Issue<Of extends string = Rule> = { field: string; rule: Of };

const EMAIL_MAX = 255;
const NAME_MAX = 255;
/** bcrypt reads 72 bytes and silently ignores the rest, so a longer password is refused, never cut. */
export const PASSWORD_MAX_BYTES = 72;
/** NIST SP 800-63B-4 advice for a password that is the only factor. Advice, not a rule. */
export const PASSWORD_ADVISED_LENGTH = 15;

const rule = (key: Rule) => key;
/** Absent is "required"; there but of another type is `otherwise`. */
const textOr = (otherwise: Rule) => ({
  error: ({ input }: { input?: unknown }) =>
    rule(input === undefined || input === null ? "required" : otherwise),
});

// Compatibility forms of "@" would become a real one under NFKC; an address with one is a disguise.
const LOOKALIKE_AT = /[\uFF20\uFE6B]/;
// RFC 5322 addr-spec without quoted strings, comments or address literals; the domain has at least one dot.
const ADDR_SPEC =
  /^(?=.{1,64}@)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** What is wrong with a canonical address, as exactly as it can be told. */
function emailRule(address: string): Rule | null {
  if (ADDR_SPEC.test(address)) return null;
  const [local = "", domain, more] = address.split("@");
  if (domain === undefined || more !== undefined || /\s/.test(address)) return "emailInvalid";
  if (/[^\x20-\x7E]/.test(local)) return "emailLetters";
  return /^\.|\.\.|\.$/.test(local) ? "emailDots" : "emailInvalid";
}

/** E-mail in its canonical form: trimmed, NFKC, one ASCII addr-spec, lower case. */
export const Email = z
  .string(textOr("emailInvalid"))
  .trim()
  .min(1, rule("required"))
  .refine((value) => !LOOKALIKE_AT.test(value), { error: rule("emailInvalid"), abort: true })
  .refine((value) => hiddenMark(value) === null, { error: rule("emailHidden"), abort: true })
  .transform(asciiAddress)
  .pipe(
    z
      .string()
      .max(EMAIL_MAX, { error: rule("emailTooLong"), abort: true })
      .superRefine((value, context) => {
        const message = emailRule(value);
        if (message !== null) context.addIssue({ code: "custom", message });
      }),
  )
  .meta({
    format: "email",
    maxLength: EMAIL_MAX,
    description:
      "Kept in lower case, its domain as the DNS has it (xn--…). Every dot before the @ counts: a.b@ and ab@ are two people.",
  });

/**
 * A line of text for people, the name of one or of a thing: trimmed, NFC, visible characters, at most 255. Markup in
 * it is text, not markup.
 */
export const PersonName = z
  .string(textOr("invalid"))
  .trim()
  .min(1, rule("required"))
  .max(NAME_MAX, { error: rule("nameTooLong"), abort: true })
  .refine((value) => hiddenMark(value) === null && value.isWellFormed(), {
    error: rule("nameCharacters"),
    abort: true,
  })
  .transform((value) => value.normalize("NFC"));

/** An absent, null or blank name is no name. */
export const OptionalPersonName = z.preprocess(
  (value) => (typeof value === "string" && value.trim() === "" ? null : (value ?? null)),
  PersonName.nullable(),
);

/** Length as a person counts it: code points, not UTF-16 units. */
function passwordLength(password: string): number {
  return [...password].length;
}

/** Whether the password is the person's own e-mail, its local part, or name (in any case). */
function isPersonal(password: string, person: { email?: string; name?: string | null }): boolean {
  const given = password.trim().toLowerCase();
  const email = person.email?.trim().toLowerCase() ?? "";
  const name = person.name?.trim().toLowerCase() ?? "";
  return [email, email.split("@")[0] ?? "", name, name.replaceAll(" ", "")].some(
    (own) => own.length > 0 && own === given,
  );
}

/**
 * The rules of every door that can be told without a dictionary, in the order they are shown. The server adds
 * those that can not (judge-password.ts).
 */
export function passwordIssues(
  password: string,
  person: { email?: string; name?: string | null },
  minLength: number,
): Rule[] {
  if (!isStorableText(password)) return ["passwordNotText"];
  const issues: Rule[] = [];
  if (passwordLength(password) < minLength) issues.push("passwordTooShort");
  if (new TextEncoder().encode(password).length > PASSWORD_MAX_BYTES) {
    issues.push("passwordTooManyBytes");
  }
  if (isPersonal(password, person)) issues.push("passwordPersonal");
  return issues;
}

/** Text without NUL, which PostgreSQL cannot hold. */
export function storedText(otherwise: Rule) {
  return z.string({ error: otherwise }).regex(/^[^\0]*$/, { error: otherwise, abort: true });
}

/** The role of somebody who is being added, by its slug. */
export const NewRole = storedText("roleUnknown").min(1, rule("required"));

/** A password as typed: never trimmed, never normalised. Empty is "required"; the rest is passwordIssues. */
export const Password = z
  .string(textOr("invalid"))
  .min(1, rule("required"))
  .meta({
    format: "password",
    description: `At least 8 characters (PASSWORD_MIN_LENGTH), at most ${PASSWORD_MAX_BYTES} bytes; not a common or (where the operator has asked for it) breached one, not the name or e-mail address.`,
  });

/** Adds passwordIssues of `password` to an object schema that has `email` and, perhaps, `name`. */
export function withPasswordRules<
  T extends z.ZodType<{ email: string; password: string; name?: string | null }>,
>(schema: T, minLength: number) {
  return schema.superRefine((value, context) => {
    for (const message of passwordIssues(value.password, value, minLength)) {
      context.addIssue({ code: "custom", path: ["password"], message });
    }
  });
}

/** Whether JSON is at most `depth` levels deep, without poisoned keys and with text that PostgreSQL can hold. */
function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === "string") return isStorableText(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth === 0) return false;
  return Object.entries(value).every(
    ([key, inner]) => !isPoisonedKey(key) && isStorable(key, depth) && isStorable(inner, depth - 1),
  );
}

/**
 * Free data about a user: a plain JSON object, at most 4 KiB and five levels deep (docs/contracts/signup.md#metadata).
 */
export const Metadata = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    { error: rule("metadataInvalid"), abort: true },
  )
  .meta({
    type: "object",
    additionalProperties: true,
    description: "A plain JSON object, at most 4 KiB and five levels deep.",
  })
  .refine((value) => isStorable(value, METADATA_MAX_DEPTH), {
    error: rule("metadataInvalid"),
    abort: true,
  })
  .refine((value) => metadataBytes(value) <= METADATA_MAX_BYTES, {
    error: rule("metadataTooLarge"),
  });

/** Whether `value` can be a user's id at all (a UUID); anything else is simply not found. */
export function isUserId(value: string): boolean {
  return z.guid().safeParse(value).success;
}

export const ADMIN_ROLE = "predefined_super_admin";
export const USER_ROLE = "predefined_user";

/** The issues of a failed parse, in field order; a path inside a field counts as the field. */
export function issuesOf(error: z.ZodError): Issue[] {
  return issuesBy(RULES, error);
}

/** The same for what has rules of its own. */
export function issuesBy<Of extends string>(
  rules: readonly Of[],
  error: z.ZodError,
): Issue<Of | "invalid">[] {
  return error.issues.map((issue) => ({
    field: String(issue.path[0] ?? "body"),
    rule: rules.find((known) => known === issue.message) ?? "invalid",
  }));
}
