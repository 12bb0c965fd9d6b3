import { createInterface } from "node:readline";
import { claimSettings } from "@/lib/bootstrap/claim-settings";
import { claimHeadless } from "@/lib/bootstrap/doors/headless";
import { needsSetup } from "@/lib/bootstrap/installation";
import { listAdmins, recoverAdmin } from "@/lib/bootstrap/recover-admin";
import { reopenSetup } from "@/lib/bootstrap/reopen-setup";
import { setupLink } from "@/lib/bootstrap/setup-token";
import { removeSecondFactorOf } from "@/lib/factors/remove-second-factor";
import { DatabaseUnavailable } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { settings } from "@/lib/settings/settings";
import { RESTORE_DAYS } from "@/lib/users/archive-users";
import { describeIssue } from "@/lib/users/describe-issue";
import { resetPassword } from "@/lib/users/reset-password";
import type { Issue } from "@/lib/users/schema";
import { PRODUCT } from "@/product";
import { OperatorError } from "./operator-error";
import { readPassword } from "./read-password";

/** Exit codes (docs/contracts/wizard-and-headless.md#command-line), and that of `reopen`. */
const UNCONFIRMED = 2;
const ALREADY_SO = 3;
const INVALID = 4;

const NOBODY_CLAIMED = `Nobody has claimed this installation yet: ${PRODUCT.command} admin create.`;
const NO_SUCH_USER = `There is no such user. ${PRODUCT.command} admin list shows administrators.`;

function refused(issues: readonly Issue[]): OperatorError {
  const lines = issues.map(
    (issue) => `  ${issue.field}: ${describeIssue(issue, settings().passwordMinLength)}`,
  );
  return new OperatorError(["That cannot be used:", ...lines].join("\n"), INVALID);
}

type Named = { email: string; name?: string; passwordFile?: string };

/**
 * Claims the installation from the command line (docs/contracts/wizard-and-headless.md#command-line).
 *
 * @throws {OperatorError}
 */
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
      throw new OperatorError("Already set up. Nothing was changed.", ALREADY_SO);
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
      throw new OperatorError(NOBODY_CLAIMED, ALREADY_SO);
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
      throw new OperatorError(NO_SUCH_USER);
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
      throw new OperatorError(NO_SUCH_USER);
  }
}

/** One line an administrator: e-mail, status, last sign-in, name; or all of them as a JSON array. */
export async function adminList({ json = false }: { json?: boolean }): Promise<void> {
  const admins = await listAdmins();
  if (json) {
    process.stdout.write(`${JSON.stringify(admins, null, 2)}\n`);
    return;
  }
  for (const { email, name, status, lastLoginAt } of admins) {
    const seen = lastLoginAt ?? "never signed in";
    process.stdout.write(`${email}\t${status}\t${seen}\t${name ?? ""}\n`);
  }
  if (admins.length === 0) process.stderr.write("There is no administrator.\n");
}

/**
 * Opens setup again, after the operator has typed which installation is meant.
 *
 * @throws {OperatorError}
 */
export async function adminReopen({ confirm }: { confirm?: string }): Promise<void> {
  if (await needsSetup()) {
    throw new OperatorError("Setup is open already. Nothing was changed.", ALREADY_SO);
  }
  const { baseUrl } = env();
  const { firstAdmin, adminSignupSecret } = claimSettings();
  const { host } = new URL(baseUrl);
  if ((confirm ?? (await typedConfirmation(host))) !== host) {
    const words = [
      "This deletes every user and lets somebody else claim the installation.",
      `To confirm, name it: ${PRODUCT.command} admin reopen --confirm ${host}`,
      "Nothing was changed.",
    ];
    throw new OperatorError(words.join("\n"), UNCONFIRMED);
  }
  const outcome = await reopenSetup();
  if (outcome.kind === "open") {
    throw new OperatorError("Setup is open already. Nothing was changed.", ALREADY_SO);
  }
  const { users, token } = outcome;
  const lines = [
    `Setup is open again. ${users === 1 ? "One user was" : `${users} users were`} deleted; the new owner can put them back for ${RESTORE_DAYS} days.`,
    `Claim it here: ${setupLink(token)}`,
    "A server that is running notices within seconds.",
  ];
  if (firstAdmin !== undefined) lines.push("The next start claims it by FIRST_ADMIN_*.");
  if (adminSignupSecret !== undefined) lines.push("ADMIN_SIGNUP_SECRET can claim it, too.");
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** What a person types when asked which installation is meant; null when nobody can be asked. */
async function typedConfirmation(host: string): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  process.stderr.write(
    "This deletes every user, ends every session and token, and lets whoever has the new setup token claim the installation.\n",
  );
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const typed = await new Promise<string>((resolve) => {
    prompt.once("close", () => resolve(""));
    prompt.question(`Type ${host} to go on: `, resolve);
  });
  prompt.close();
  return typed.trim();
}
