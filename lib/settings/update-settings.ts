import { isDeepStrictEqual } from "node:util";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { changeSettings } from "./change-settings";
import { type FoundSettings, shownSettings } from "./get-settings";
import {
  SETTING_NAMES,
  type SettingIssue,
  SettingsChanges,
  type Stored,
  settingIssuesOf,
} from "./schema";

export type UpdateSettingsOutcome =
  | ({ kind: "updated" } & FoundSettings)
  | Refusal<"forbidden">
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
