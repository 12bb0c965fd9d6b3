import type { Tx } from "@/lib/platform/db";
import { randomSecret, sha256 } from "@/lib/platform/digest";
import { getRequestContext } from "@/lib/platform/request-context";
import { sessionSeconds } from "./lifetime";

/** Opens a session for the client of the current request; `door` is what it came in by. */
export async function startSession(tx: Tx, userId: string, door: string): Promise<string> {
  const request = getRequestContext();
  const { id } = await tx.session.create({
    data: {
      userId,
      door,
      address: request?.address ?? null,
      userAgent: request?.userAgent ?? null,
      expiresAt: new Date(Date.now() + sessionSeconds() * 1000),
    },
    select: { id: true },
  });
  return id;
}

/** Adds a refresh token to the session's family; only its digest is stored. */
export async function mintRefreshToken(
  tx: Tx,
  sessionId: string,
  parentDigest: string | null = null,
): Promise<string> {
  const token = randomSecret();
  await tx.refreshToken.create({
    data: { digest: sha256(token), sessionId, parentDigest },
    select: { digest: true },
  });
  return token;
}
