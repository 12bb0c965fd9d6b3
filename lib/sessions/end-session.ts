import type { Actor } from "@/lib/access/actor";
import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";

/** Ends a session and with it its cookie, access and refresh tokens. Ending it twice is fine. */
export async function endSession(
  actor: Pick<Actor, "userId" | "email">,
  sessionId: string,
): Promise<void> {
  await transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, endedAt: null },
      data: { endedAt: new Date() },
    });
    if (count === 0) return;
    await record(tx, actor, {
      action: "session.ended",
      target: { type: "session", id: sessionId, label: actor.email },
    });
  });
}
