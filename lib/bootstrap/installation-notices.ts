import { claimSettings } from "./claim-settings";

/** FIRST_ADMIN_* variables that are set on a claimed installation, where they do nothing and hold a secret. */
export function ignoredVariables(): string[] {
  return [...claimSettings().firstAdminVariables];
}
