import type { Tx } from "@/lib/platform/db";
import { startSession } from "@/lib/sessions/start-session";
import { signAccessToken } from "@/lib/tokens/access-token";
import { mintApiToken } from "@/lib/tokens/api-token";
import type { Grant } from "./outcome";

/** What a door's contract hands to a new administrator. */
export type Grants = Grant["kind"];

/** What a grant stands on, and the grant itself, to be asked for once that is committed. */
export type Granted = {
  sessionId: string | null;
  apiTokenId: number | null;
  grant: () => Promise<Grant>;
};

/** Writes what the grant stands on (a session or a token row) inside the transaction. */
export async function grantTo(
  tx: Tx,
  userId: string,
  grants: Grants,
  door: string,
): Promise<Granted> {
  const nothing = { sessionId: null, apiTokenId: null };
  switch (grants) {
    case "none":
      return { ...nothing, grant: async () => ({ kind: "none", token: "" }) };
    case "accessToken": {
      const sessionId = await startSession(tx, userId, door);
      return {
        ...nothing,
        sessionId,
        grant: async () => ({
          kind: "accessToken",
          token: await signAccessToken({ userId, sessionId }),
        }),
      };
    }
    case "apiToken": {
      const { id, token } = await mintApiToken(tx, userId, `Issued at the ${door} door`);
      return { ...nothing, apiTokenId: id, grant: async () => ({ kind: "apiToken", token }) };
    }
  }
}
