import type { Actor } from "@/lib/access/actor";
import type { Refusal } from "@/lib/access/refusal";
import { asDatabaseFault } from "@/lib/platform/db";
import { mayReadSettings } from "./may-read-settings";
import { knownSettings, loadSettings } from "./settings";
import { type SettingsView, settingsEtag, toSettingsView } from "./settings-view";

export type FoundSettings = { settings: SettingsView; etag: string };

/**
 * The settings as they are at this moment, whichever process has changed them.
 *
 * @throws {DatabaseUnavailable}
 */
export async function getSettings(
  actor: Actor,
): Promise<({ kind: "found" } & FoundSettings) | Refusal<"forbidden">> {
  if (!mayReadSettings(actor)) return { kind: "forbidden" };
  await loadSettings().catch((error) => {
    throw asDatabaseFault(error);
  });
  return { kind: "found", ...shownSettings() };
}

/** What is known here, with its entity tag. */
export function shownSettings(): FoundSettings {
  return { settings: toSettingsView(), etag: settingsEtag(knownSettings()) };
}
