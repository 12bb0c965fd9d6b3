import { METADATA_MAX_BYTES } from "./limits";
import { type Issue, PASSWORD_MAX_BYTES, type Rule } from "./schema";

/** Each rule in plain English, for the APIs whose contract leaves the words to us. */
const ENGLISH: Record<Rule, string> = {
  required: "This field is required.",
  invalid: "This value is not allowed.",
  emailInvalid: "This is not a valid e-mail address.",
  emailDots:
    "Before the @ a dot stands between other characters: not at the beginning or end, and never two together.",
  emailLetters:
    "Before the @ an e-mail address has no letters but a to z; this one has another, perhaps one that looks the same.",
  emailHidden: "This e-mail address contains an invisible character.",
  emailTooLong: "An e-mail address has at most 255 characters.",
  emailTaken: "This e-mail address is already taken.",
  nameTooLong: "A name has at most 255 characters.",
  nameCharacters: "A name has visible characters only.",
  passwordTooShort: "The password needs at least {min} characters.",
  passwordTooManyBytes: `The password is longer than ${PASSWORD_MAX_BYTES} bytes.`,
  passwordNotText: "The password is not well-formed text.",
  passwordCommon: "This password is among the most used ones; choose another.",
  passwordBreached: "This password is known from a data breach; choose another.",
  passwordPersonal: "The password must not be the e-mail address or the name.",
  passwordNeedsLetter: "The password needs a letter.",
  passwordNeedsMixedCase: "The password needs an upper-case and a lower-case letter.",
  passwordNeedsNumber: "The password needs a number.",
  passwordNeedsSymbol: "The password needs a special character.",
  metadataInvalid: "Metadata is a plain JSON object, at most five levels deep.",
  metadataTooLarge: `Metadata has at most ${METADATA_MAX_BYTES / 1024} KiB.`,
  roleUnknown: "There is no such role.",
};

export function describeIssue(issue: Issue, passwordMinLength: number): string {
  return ENGLISH[issue.rule].replace("{min}", String(passwordMinLength));
}

/** Messages by field, in the order the issues were found. */
export function describeIssues(
  issues: readonly Issue[],
  passwordMinLength: number,
): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const issue of issues) {
    errors[issue.field] ??= [];
    errors[issue.field]?.push(describeIssue(issue, passwordMinLength));
  }
  return errors;
}
