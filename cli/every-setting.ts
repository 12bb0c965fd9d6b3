import { CLAIM_SETTINGS } from "@/lib/bootstrap/claim-settings";
import { ENV } from "@/lib/platform/env";
import { group } from "@/lib/platform/env/setting";
import { SESSION_SETTINGS } from "@/lib/sessions/session-settings";

/** All that the operator can set, judged at once at the start; `names` are those of every variable. */
export const EVERY_SETTING = group({ env: ENV, claim: CLAIM_SETTINGS, sessions: SESSION_SETTINGS });
