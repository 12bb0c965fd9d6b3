import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import { hashPassword } from "@/lib/platform/secrets/password";
import { judgePassword } from "./judge-password";
import { Email, type Issue } from "./schema";

type ResetPasswordOutcome =
  /** `status` as it is now: the password of a disabled user opens nothing until somebody enables the account. */
  | { kind: "reset"; email: string; status: "active" | "disabled" }
  | { kind: "notFound" }
  | { kind: "invalid"; issues: Issue[] };

/**
 * Gives an existing user a new password and ends all of that user's sessions (a trigger of the database does).
 * Role and status stay; an invited user becomes active. For the command line only: whoever can run it owns the
 * server.
 *
 * @throws {DatabaseUnavailable}
 */
export async function resetPassword(asked: {
  email: string;
  password: string;
}): Promise<ResetPasswordOutcome> {
  const email = Email.safeParse(asked.email);
  const issues = await judgePassword(asked.password, email.success ? { email: email.data } : {});
  if (!email.success) issues.unshift({ field: "email", rule: "emailInvalid" });
  if (!email.success || issues.length > 0) return { kind: "invalid", issues };

  const passwordHash = await hashPassword(asked.password);
  return transaction(async (tx): Promise<ResetPasswordOutcome> => {
    const user = await tx.user.findUnique({
      where: { email: email.data },
      select: { id: true, email: true, status: true },
    });
    if (user === null) return { kind: "notFound" };
    const status = user.status === "DISABLED" ? "DISABLED" : "ACTIVE";
    await tx.user.update({
      where: { id: user.id },
      data: { passwordHash, status, version: { increment: 1 } },
      select: { id: true },
    });
    await record(
      tx,
      { system: "operator" },
      {
        action: "user.passwordReset",
        target: { type: "user", id: user.id, label: user.email },
        door: "command line",
      },
    );
    return {
      kind: "reset",
      email: user.email,
      status: status === "ACTIVE" ? "active" : "disabled",
    };
  });
}
