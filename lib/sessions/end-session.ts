import type { Actor } from "@/lib/access/actor";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { transaction } from "@/lib/platform/db";

/** Ends a session and with it its cookie, access and refresh tokens. Ending it twice is fine. */
export async function endSession(
  actor: Pick<Actor, "userId" | "email">,
  sessionId: string,
): Promise<void> {
  await transaction(async (tx) => {
    const [ended] = await tx.session.updateManyAndReturn({
      where: { id: sessionId, endedAt: null },
      data: { endedAt: databaseNow() },
      select: { user: { select: { id: true, email: true } } },
    });
    if (ended === undefined) return;
    const { user } = ended;
    await record(tx, actor, {
      action: "session.ended",
      // Somebody else's session: it happened to that person.
      ...(user.id === actor.userId
        ? { target: { type: "session", id: sessionId, label: user.email } }
        : {
            target: { type: "user", id: user.id, label: user.email },
            details: { sessions: 1, session: sessionId },
          }),
    });
  });
}
