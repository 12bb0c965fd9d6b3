import type { Tx } from "@/lib/platform/db";
import { startSession } from "@/lib/sessions/start-session";
import { signAccessToken } from "@/lib/tokens/access-token";
import { mintApiToken } from "@/lib/tokens/api-token";
import type { Grant } from "./outcome";

/** What a door's contract hands to a new administrator. */
export type Grants = Grant["kind"];

/**
 * Writes what the grant stands on (a session or a token row) inside the transaction; the returned function
 * gives the grant itself, to be called once that is committed.
 */
export async function grantTo(
  tx: Tx,
  userId: string,
  grants: Grants,
  door: string,
): Promise<() => Promise<Grant>> {
  switch (grants) {
    case "none":
      return async () => ({ kind: "none", token: "" });
    case "accessToken": {
      const sessionId = await startSession(tx, userId, door);
      return async () => ({
        kind: "accessToken",
        token: await signAccessToken({ userId, sessionId }),
      });
    }
    case "apiToken": {
      const token = await mintApiToken(tx, userId, `Issued at the ${door} door`);
      return async () => ({ kind: "apiToken", token });
    }
  }
}
