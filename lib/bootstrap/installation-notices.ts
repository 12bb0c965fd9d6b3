import { env } from "@/lib/platform/env";

/** FIRST_ADMIN_* variables that are set on a claimed installation, where they do nothing and hold a secret. */
export function ignoredVariables(): string[] {
  return [...env().firstAdminVariables];
}
