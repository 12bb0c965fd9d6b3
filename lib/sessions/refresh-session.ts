import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import { sha256 } from "@/lib/platform/digest";
import { isAlive } from "./lifetime";
import { mintRefreshToken } from "./start-session";

export type RefreshOutcome =
  | { kind: "refreshed"; userId: string; sessionId: string; refreshToken: string }
  | { kind: "refused" };

/**
 * Exchanges a refresh token for the next one (RFC 9700, 4.14.2). A token that was already exchanged ends the
 * whole family, with one exception: while its child has not been used, the parent may be exchanged again
 * (the reply was lost), which makes the first child worthless. So there is never more than one live branch.
 *
 * @throws {DatabaseUnavailable}
 */
export async function refreshSession(token: string): Promise<RefreshOutcome> {
  const digest = sha256(token);
  return transaction(async (tx): Promise<RefreshOutcome> => {
    const known = await tx.refreshToken.findUnique({
      where: { digest },
      select: { sessionId: true },
    });
    if (known === null) return { kind: "refused" };
    // One at a time in a family; what follows reads what the one before has committed.
    await tx.$queryRaw`SELECT 1 FROM "sessions" WHERE "id" = ${known.sessionId}::uuid FOR UPDATE`;
    const presented = await tx.refreshToken.findUnique({
      where: { digest },
      select: {
        state: true,
        session: {
          select: {
            id: true,
            endedAt: true,
            expiresAt: true,
            lastSeenAt: true,
            user: { select: { id: true, email: true, status: true } },
          },
        },
      },
    });
    if (presented === null) return { kind: "refused" };
    const { state, session } = presented;
    if (!isAlive(session) || session.user.status !== "ACTIVE") return { kind: "refused" };

    if (state === "LIVE") {
      await tx.refreshToken.update({
        where: { digest },
        data: { state: "USED" },
        select: { digest: true },
      });
    } else {
      // Only an exchanged token whose child is still unused may be exchanged again.
      const { count } =
        state === "USED"
          ? await tx.refreshToken.updateMany({
              where: { parentDigest: digest, state: "LIVE" },
              data: { state: "SUPERSEDED" },
            })
          : { count: 0 };
      if (count === 0) {
        await tx.session.updateMany({ where: { id: session.id }, data: { endedAt: new Date() } });
        await record(
          tx,
          { userId: session.user.id, email: session.user.email },
          {
            action: "session.refreshReused",
            target: { type: "session", id: session.id, label: session.user.email },
          },
        );
        return { kind: "refused" };
      }
    }
    await tx.session.updateMany({ where: { id: session.id }, data: { lastSeenAt: new Date() } });
    return {
      kind: "refreshed",
      userId: session.user.id,
      sessionId: session.id,
      refreshToken: await mintRefreshToken(tx, session.id, digest),
    };
  });
}
