import { z } from "zod";
import { settingsOf } from "@/lib/platform/env";
import { group, text, variable, wholeNumber } from "@/lib/platform/env/setting";
import { isLoopbackHost } from "@/lib/platform/is-loopback-host";
import {
  DAYS_MAX,
  DAYS_MIN,
  ORIGINS_MAX,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
  SETTINGS,
  type SettingName,
} from "./schema";

const breachedPasswordsUrl = text
  .transform((value) => value.replace(/\/?$/, "/"))
  .refine(isRangeUrl, {
    error: "must be https, or http on this machine, such as https://api.pwnedpasswords.com/range/",
  });

/** An address that digits can be put behind. In the open they would tell a listener which password it may be. */
function isRangeUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username !== "" || password !== "" || /[?#]/.test(value)) return false;
  return protocol === "https:" || (protocol === "http:" && isLoopbackHost(hostname));
}

const origins = text.transform((value, context) => {
  const parsed = SETTINGS.allowedOrigins.safeParse(value.split(",").filter((part) => part.trim()));
  if (parsed.success) return parsed.data;
  context.addIssue(
    `must be at most ${ORIGINS_MAX} origins with commas between, such as https://app.example.com: scheme, host and port, no wildcard`,
  );
  return z.NEVER;
});

const days = wholeNumber(DAYS_MIN, DAYS_MAX).optional();

/** What the environment says of what can be set in the pages: where it says something, it wins (decision 61). */
export const FIXED_SETTINGS = group({
  passwordMinLength: variable(
    "PASSWORD_MIN_LENGTH",
    wholeNumber(PASSWORD_LENGTH_MIN, PASSWORD_LENGTH_MAX).optional(),
  ),
  /** Where breached passwords are looked up; ends with a slash. */
  breachedPasswordsUrl: variable("BREACHED_PASSWORDS_URL", breachedPasswordsUrl.optional()),
  sessionDays: variable("SESSION_DAYS", days),
  sessionIdleDays: variable("SESSION_IDLE_DAYS", days),
  allowedOrigins: variable("CORS_ALLOWED_ORIGINS", origins.optional()),
});

/** @throws {EnvError} */
export function fixedSettings() {
  return settingsOf("fixed-settings", FIXED_SETTINGS);
}

/** The variable that fixes a setting; null for one that can be set here. */
export function fixedBy(name: SettingName): string | null {
  const fixed = fixedSettings();
  switch (name) {
    case "passwordMinLength":
      return fixed.passwordMinLength === undefined ? null : "PASSWORD_MIN_LENGTH";
    case "breachedPasswords":
      return fixed.breachedPasswordsUrl === undefined ? null : "BREACHED_PASSWORDS_URL";
    case "sessionDays":
      return fixed.sessionDays === undefined ? null : "SESSION_DAYS";
    case "sessionIdleDays":
      return fixed.sessionIdleDays === undefined ? null : "SESSION_IDLE_DAYS";
    case "allowedOrigins":
      return fixed.allowedOrigins === undefined ? null : "CORS_ALLOWED_ORIGINS";
    default:
      return null;
  }
}
