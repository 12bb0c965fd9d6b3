import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import { hashPassword } from "@/lib/platform/secrets/password";
import { judgePassword } from "@/lib/users/judge-password";
import { type Issue, Password } from "@/lib/users/schema";
import { grantSession } from "./open-session";
import { verifyOwnPassword } from "./verify-own-password";

type ChangePasswordOutcome =
  /** `sessionId`: of the session to go on with; null without `goOn`, and for who has a second factor to show first. */
  | { kind: "changed"; sessionId: string | null }
  /** The caller acts by a bounded token, not as the whole person. */
  | { kind: "forbidden" }
  | { kind: "wrongPassword" }
  | { kind: "rateLimited"; retryAfter: number }
  | { kind: "invalid"; issues: Issue[] };

/**
 * Changes one's own password. Asks for the current one, because whoever sits at an unlocked screen has the
 * session but not the password. Ends every session, this one too (a trigger of the database does).
 *
 * @param ways.goOn whether to open a session for the browser that asks
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function changePassword(
  actor: Actor,
  asked: { current: unknown; next: unknown },
  { goOn = false }: { goOn?: boolean } = {},
): Promise<ChangePasswordOutcome> {
  if (!isUnlimited(actor)) return { kind: "forbidden" };
  const current = Password.safeParse(asked.current);
  const next = Password.safeParse(asked.next);
  const issues: Issue[] = [];
  if (!current.success) issues.push({ field: "current", rule: "required" });
  const broken = next.success
    ? await judgePassword(next.data, actor)
    : [{ rule: "required" } as const];
  issues.push(...broken.map(({ rule }) => ({ field: "next", rule })));
  if (!current.success || !next.success || issues.length > 0) return { kind: "invalid", issues };

  const verified = await verifyOwnPassword(actor, current.data);
  if (verified.kind !== "right") return verified;
  const passwordHash = await hashPassword(next.data);
  return transaction(async (tx) => {
    const { id, email } = await tx.user.update({
      where: { id: actor.userId },
      data: { passwordHash },
      select: { id: true, email: true },
    });
    await record(tx, actor, {
      action: "user.passwordChanged",
      target: { type: "user", id, label: email },
    });
    const sessionId = goOn ? await grantSession(tx, { id, email, passwordHash }) : null;
    return { kind: "changed", sessionId };
  });
}
