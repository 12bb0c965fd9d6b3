import type { Reply } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { describeSettingIssues } from "@/lib/settings/describe-setting-issue";
import type { FoundSettings } from "@/lib/settings/get-settings";
import type { UpdateSettingsOutcome } from "@/lib/settings/update-settings";
import { refused } from "./refused";

/** The settings in the native API, with their entity tag. */
export function settingsReply({ settings, etag }: FoundSettings): Reply {
  return { status: 200, body: settings, headers: { ETag: etag } };
}

/** The problem (RFC 9457) that answers a refusal of an operation on settings. */
export function settingsRefused(
  refusal: Exclude<UpdateSettingsOutcome, { kind: "updated" }>,
): Reply {
  switch (refusal.kind) {
    case "invalid":
      return problem("VALIDATION_FAILED", undefined, {
        errors: describeSettingIssues(refusal.issues),
      });
    case "fixed":
      return problem("SETTING_FIXED", `${refusal.variable} in the environment fixes this setting.`);
    default:
      return refused("settings", refusal);
  }
}
