import { query } from "@/lib/platform/db";
import { sha256 } from "@/lib/platform/secrets/digest";
import { endSession } from "./end-session";
import { readRefreshCookie } from "./refresh-cookie";
import { authenticate } from "./with-actor";

/** Ends the session behind whatever the request carries: refresh cookie, access token or session cookie. */
export async function signOut(request: Request): Promise<void> {
  const actor = await authenticate(request);
  if (actor?.via.kind === "session") await endSession(actor, actor.via.id);
  const token = readRefreshCookie(request);
  if (token === null) return;
  const family = await query((db) =>
    db.refreshToken.findUnique({
      where: { digest: sha256(token) },
      select: {
        sessionId: true,
        session: { select: { user: { select: { id: true, email: true } } } },
      },
    }),
  );
  if (family === null) return;
  const { id: userId, email } = family.session.user;
  await endSession({ userId, email }, family.sessionId);
}
