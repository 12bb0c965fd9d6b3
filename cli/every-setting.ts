import { CLAIM_SETTINGS } from "@/lib/bootstrap/claim-settings";
import { ENV } from "@/lib/platform/env";
import { group } from "@/lib/platform/env/setting";
import { FIXED_SETTINGS } from "@/lib/settings/fixed-settings";

/** All that the operator can set, judged at once at the start; `names` are those of every variable. */
export const EVERY_SETTING = group({ env: ENV, claim: CLAIM_SETTINGS, settings: FIXED_SETTINGS });
