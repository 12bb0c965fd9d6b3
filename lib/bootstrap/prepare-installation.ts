import { DatabaseUnavailable } from "@/lib/platform/db";
import { EnvError, type EnvProblem } from "@/lib/platform/env/setting";
import { log } from "@/lib/platform/log";
import { settings } from "@/lib/settings/settings";
import { forgetDeletedUsers } from "@/lib/users/archive-users";
import { describeIssue } from "@/lib/users/describe-issue";
import { claimSettings } from "./claim-settings";
import { claimHeadless } from "./doors/headless";
import { needsSetup, rememberClaimed } from "./installation";
import { ignoredVariables } from "./installation-notices";
import { settleSetupToken, setupLink, setupTokenFile } from "./setup-token";

export type Prepared =
  /** `createdNow`: by the FIRST_ADMIN_* variables, at this start. `ignored`: those that are set for nothing. */
  | { kind: "claimed"; createdNow: boolean; ignored: string[] }
  /** `link` carries the setup token; null when only another replica's data folder has it. */
  | { kind: "open"; link: string | null; tokenFile: string | null }
  /** The FIRST_ADMIN_* variables or the data folder cannot be used; the start must stop. */
  | { kind: "refused"; problems: EnvProblem[] };

const VARIABLES: Record<string, string> = {
  email: "FIRST_ADMIN_EMAIL",
  name: "FIRST_ADMIN_NAME",
  password: "FIRST_ADMIN_PASSWORD",
  passwordHash: "FIRST_ADMIN_PASSWORD_HASH",
};

/**
 * What every start does once the database is migrated: the headless door if it is configured, else a setup
 * token. Safe in several replicas at once. On a claimed installation it only forgets whom nobody can restore.
 *
 * @throws {DatabaseUnavailable} to be tried again
 */
export async function prepareInstallation(): Promise<Prepared> {
  const { firstAdmin, setupToken } = claimSettings();
  let createdNow = false;
  if (firstAdmin !== undefined && (await needsSetup())) {
    const outcome = await claimHeadless("environment", firstAdmin);
    switch (outcome.kind) {
      case "created":
        createdNow = true;
        log().info({ door: "environment" }, "first administrator created");
        break;
      case "alreadySetUp":
        break; // another replica was first
      case "invalid":
        return {
          kind: "refused",
          problems: outcome.issues.map((issue) => ({
            name: VARIABLES[issue.field] ?? issue.field,
            fix: describeIssue(issue, settings().passwordMinLength),
          })),
        };
      default:
        throw new DatabaseUnavailable(`The headless door answered ${outcome.kind}.`);
    }
  }
  const settled = await settleSetupToken().catch((error) => {
    if (error instanceof EnvError) return { kind: "refused", problems: error.problems } as const;
    throw error;
  });
  if (settled.kind === "refused") return settled;
  if (settled.kind === "claimed") {
    rememberClaimed();
    await forgetDeletedUsers().catch((error) => {
      if (!(error instanceof DatabaseUnavailable)) throw error; // read-only: no reason not to serve
    });
    return { kind: "claimed", createdNow, ignored: createdNow ? [] : ignoredVariables() };
  }
  const { token } = settled;
  return {
    kind: "open",
    link: token === null ? null : setupLink(token),
    tokenFile: token === null || setupToken.kind === "given" ? null : setupTokenFile(),
  };
}
