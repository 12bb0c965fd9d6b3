import { isDeepStrictEqual } from "node:util";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { mustConfirm } from "@/lib/access/recently-confirmed";
import type { Refusal } from "@/lib/access/refusal";
import { changeSettings } from "./change-settings";
import { fixedBy } from "./fixed-settings";
import { type FoundSettings, shownSettings } from "./get-settings";
import {
  GUARDED_SETTINGS,
  SETTING_NAMES,
  type SettingIssue,
  SettingsChanges,
  type Stored,
  settingIssuesOf,
} from "./schema";

export type UpdateSettingsOutcome =
  | ({ kind: "updated" } & FoundSettings)
  | Refusal<"forbidden" | "unconfirmed">
  /** The environment says otherwise, by this variable. */
  | { kind: "fixed"; variable: string }
  | { kind: "invalid"; issues: SettingIssue[] }
  /** Somebody else changed a setting since the caller read them. */
  | { kind: "stale" };

/**
 * Changes settings; null takes one back to what it is by default. They count here at once, in other processes of the
 * installation about a second later.
 *
 * @param input any of the settings, see SettingsChanges
 * @throws {DatabaseUnavailable}
 */
export async function updateSettings(
  actor: Actor,
  input: unknown,
  ifMatch?: string,
): Promise<UpdateSettingsOutcome> {
  if (!may(actor, "update", "Installation")) return { kind: "forbidden" };
  const parsed = SettingsChanges.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: settingIssuesOf(parsed.error) };
  const asked = parsed.data;
  const names = SETTING_NAMES.filter((name) => asked[name] !== undefined);
  const variable = names.map(fixedBy).find((one) => one !== null);
  if (variable) return { kind: "fixed", variable };
  if (mustConfirm(actor) && names.some((name) => GUARDED_SETTINGS.includes(name))) {
    return { kind: "unconfirmed" };
  }
  const { kind } = await changeSettings(actor, ifMatch, (before) => {
    const value: Record<string, unknown> = { ...before.value };
    const details: Record<string, { from: unknown; to: unknown }> = {};
    for (const name of SETTING_NAMES) {
      const to = asked[name];
      const from = before.value[name] ?? null;
      if (to === undefined || isDeepStrictEqual(from, to)) continue;
      if (to === null) delete value[name];
      else value[name] = to;
      details[name] = { from, to };
    }
    return { value: value as Stored, mark: before.mark, details };
  });
  return kind === "stale" ? { kind } : { kind: "updated", ...shownSettings() };
}
