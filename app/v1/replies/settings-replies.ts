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
  return refusal.kind === "invalid"
    ? problem("VALIDATION_FAILED", undefined, { errors: describeSettingIssues(refusal.issues) })
    : refused("settings", refusal);
}
