import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { asDatabaseFault } from "@/lib/platform/db";
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
  const mayRead = may(actor, "read", "Installation") || may(actor, "update", "Installation");
  if (!mayRead) return { kind: "forbidden" };
  await loadSettings().catch((error) => {
    throw asDatabaseFault(error);
  });
  return { kind: "found", ...shownSettings() };
}

/** What is known here, with its entity tag. */
export function shownSettings(): FoundSettings {
  return { settings: toSettingsView(), etag: settingsEtag(knownSettings()) };
}
