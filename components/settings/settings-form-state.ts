import type { SettingRule } from "@/lib/settings/schema";
import type { Problems, Refused } from "../form/form-state";

/** What the server said to the last attempt to change settings. */
export type SettingsFormState =
  | { kind: "idle" }
  | Problems<SettingRule>
  | Refused<"signedOut" | "forbidden" | "fixed" | "stale">;
