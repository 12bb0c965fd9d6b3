import { settingsOf } from "@/lib/platform/env";
import { group, variable, wholeNumber } from "@/lib/platform/env/setting";

/** A session ends after so many days, and sooner when it was not used for so many. */
export const SESSION_SETTINGS = group({
  sessionDays: variable("SESSION_DAYS", wholeNumber(1, 365).default(30)),
  sessionIdleDays: variable("SESSION_IDLE_DAYS", wholeNumber(1, 365).default(14)),
});

/** @throws {EnvError} */
export function sessionSettings() {
  return settingsOf("session-settings", SESSION_SETTINGS);
}
