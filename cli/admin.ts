import { claimHeadless } from "@/lib/bootstrap/doors/headless";
import { listAdmins, recoverAdmin } from "@/lib/bootstrap/recover-admin";
import { removeSecondFactorOf } from "@/lib/factors/remove-second-factor";
import { DatabaseUnavailable } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { describeIssue } from "@/lib/users/describe-issue";
import { resetPassword } from "@/lib/users/reset-password";
import type { Issue } from "@/lib/users/schema";
import { OperatorError } from "./operator-error";
import { readPassword } from "./read-password";

/** Exit codes of the contract ("Command line"). */
const ALREADY_CLAIMED = 3;
const INVALID = 4;

function refused(issues: readonly Issue[]): OperatorError {
  const lines = issues.map(
    (issue) => `  ${issue.field}: ${describeIssue(issue, env().passwordMinLength)}`,
  );
  return new OperatorError(["That cannot be used:", ...lines].join("\n"), INVALID);
}

type Named = { email: string; name?: string; passwordFile?: string };

/** Claims the installation from the command line (contract: door 6). @throws {OperatorError} */
export async function adminCreate({ email, name = "", passwordFile }: Named): Promise<void> {
  const outcome = await claimHeadless("command line", {
    email,
    name: name === "" ? null : name,
    password: { kind: "plain", value: await readPassword(passwordFile) },
  });
  switch (outcome.kind) {
    case "created":
      process.stdout.write(`${outcome.admin.email} is administrator now.\n`);
      return;
    case "alreadySetUp":
      throw new OperatorError("Already set up. Nothing was changed.", ALREADY_CLAIMED);
    case "invalid":
      throw refused(outcome.issues);
    default:
      throw new DatabaseUnavailable(`The headless door answered ${outcome.kind}.`);
  }
}

/** The operator's way back in. @throws {OperatorError} */
export async function adminRecover({ email, passwordFile }: Omit<Named, "name">): Promise<void> {
  const outcome = await recoverAdmin({ email, password: await readPassword(passwordFile) });
  switch (outcome.kind) {
    case "recovered":
      process.stdout.write(
        `${outcome.email} is an active administrator now${outcome.created ? " (new user)" : ""}.\n`,
      );
      return;
    case "open":
      throw new OperatorError("Nobody has claimed this installation yet: latchkey admin create.");
    case "invalid":
      throw refused(outcome.issues);
  }
}

/** Gives a user a new password; role and status stay. @throws {OperatorError} */
export async function adminResetPassword({ email, passwordFile }: Omit<Named, "name">) {
  const outcome = await resetPassword({ email, password: await readPassword(passwordFile) });
  switch (outcome.kind) {
    case "reset": {
      const still = outcome.status === "disabled" ? " The account is still disabled." : "";
      process.stdout.write(`${outcome.email} has a new password and is signed out.${still}\n`);
      return;
    }
    case "notFound":
      throw new OperatorError("There is no such user. latchkey admin list shows administrators.");
    case "invalid":
      throw refused(outcome.issues);
  }
}

/** Takes the second factor off an account whose owner has lost it. @throws {OperatorError} */
export async function adminDisable2fa({ email }: { email: string }): Promise<void> {
  const outcome = await removeSecondFactorOf(email);
  switch (outcome.kind) {
    case "removed":
      process.stdout.write(`${outcome.email} signs in with the password alone now.\n`);
      return;
    case "noFactor":
      process.stdout.write(`${outcome.email} has no second factor.\n`);
      return;
    case "notFound":
      throw new OperatorError("There is no such user. latchkey admin list shows administrators.");
  }
}

/** One line an administrator: e-mail, status, last sign-in, name. */
export async function adminList(): Promise<void> {
  const admins = await listAdmins();
  for (const { email, name, status, lastLoginAt } of admins) {
    const seen = lastLoginAt?.toISOString() ?? "never signed in";
    process.stdout.write(`${email}\t${status.toLowerCase()}\t${seen}\t${name ?? ""}\n`);
  }
  if (admins.length === 0) process.stderr.write("There is no administrator.\n");
}
