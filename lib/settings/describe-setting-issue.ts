import {
  DAYS_MAX,
  DAYS_MIN,
  IMAGE_MAX_BYTES,
  IMAGE_MAX_SIDE,
  IMAGE_MIN_SIDE,
  NAME_MAX,
  ORIGINS_MAX,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
  type SettingIssue,
  type SettingRule,
} from "./schema";

/** Each rule in plain English, for the native API. */
const ENGLISH: Record<SettingRule, string> = {
  invalid: "This value is not allowed.",
  nameEmpty: "A name has at least one character; null takes the name of the product.",
  nameTooLong: `A name has at most ${NAME_MAX} characters.`,
  nameCharacters: "A name has visible characters only.",
  accentInvalid: "A colour is # and six hexadecimal digits, such as #2563eb.",
  passwordLengthRange: `A whole number from ${PASSWORD_LENGTH_MIN} to ${PASSWORD_LENGTH_MAX}.`,
  daysRange: `A whole number of days from ${DAYS_MIN} to ${DAYS_MAX}.`,
  originInvalid:
    "An origin is a scheme, a host and perhaps a port, such as https://app.example.com; no path, no wildcard.",
  originsTooMany: `At most ${ORIGINS_MAX} origins.`,
  imageTooLarge: `An image has at most ${IMAGE_MAX_BYTES / 1024} KiB.`,
  imageKind: "An image is a whole PNG, JPEG or WebP file.",
  imageSize: `An image is ${IMAGE_MIN_SIDE} to ${IMAGE_MAX_SIDE} pixels wide and high.`,
};

/** Messages by setting, in the order the issues were found. */
export function describeSettingIssues(issues: readonly SettingIssue[]): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const { field, rule } of issues) errors[field] = [...(errors[field] ?? []), ENGLISH[rule]];
  return errors;
}
