import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { transaction } from "@/lib/platform/db";
import { isUserId } from "@/lib/users/schema";
import { unanswered } from "./sign-in-notices";

type AnswerSignInOutcome =
  | { kind: "answered" }
  /** No unfamiliar sign-in of one's own that this session may answer for, or answered before. */
  | { kind: "notFound" };

/**
 * Says of an unfamiliar sign-in to one's own account whether it was oneself. "no" ends its session. Only from another
 * session: nobody vouches for themselves.
 *
 * @throws {DatabaseUnavailable}
 */
export async function answerSignIn(
  actor: Actor,
  sessionId: string,
  answer: "me" | "notMe",
): Promise<AnswerSignInOutcome> {
  if (actor.via.kind !== "session" || !isUnlimited(actor) || !isUserId(sessionId)) {
    return { kind: "notFound" };
  }
  return transaction(async (tx): Promise<AnswerSignInOutcome> => {
    const where = { AND: [unanswered(actor), { id: sessionId }] };
    const now = databaseNow();
    const { count } =
      answer === "me"
        ? await tx.session.updateMany({ where, data: { recognizedAt: now } })
        : { count: await tx.session.count({ where }) };
    if (count === 0) return { kind: "notFound" };
    if (answer === "notMe") {
      await tx.session.updateMany({ where: { ...where, endedAt: null }, data: { endedAt: now } });
    }
    await record(tx, actor, {
      action: answer === "me" ? "session.recognized" : "session.disowned",
      target: { type: "session", id: sessionId, label: actor.email },
    });
    return { kind: "answered" };
  });
}
