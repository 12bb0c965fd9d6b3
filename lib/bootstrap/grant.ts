import type { ClaimDoor } from "@/lib/audit/schema";
import type { Tx } from "@/lib/platform/db";
import { grantSession, type Proven, startSession } from "@/lib/sessions/open-session";
import { signAccessToken } from "@/lib/tokens/access-token";
import { mintApiToken } from "@/lib/tokens/api-token";
import type { Grant, Grants } from "./outcome";

/** What a grant stands on, and the grant itself, to be asked for once that is committed. */
export type Granted<G extends Grants = Grants> = {
  sessionId: string | null;
  apiTokenId: number | null;
  grant: () => Grant<G>;
};

const NOTHING = { sessionId: null, apiTokenId: null };

const GRANTS: {
  [G in Grants]: (tx: Tx, user: Proven, door: ClaimDoor) => Promise<Granted<G>>;
} = {
  none: async () => ({ ...NOTHING, grant: () => null }),
  accessToken: async (tx, { id: userId }, door) => {
    const sessionId = await startSession(tx, userId, door);
    return { ...NOTHING, sessionId, grant: () => signAccessToken({ userId, sessionId }) };
  },
  apiToken: async (tx, user, door) => {
    const { id, token } = await mintApiToken(tx, user.id, `Issued at the ${door} door`);
    // In Laravel's spelling: the one door that grants a token publishes it so.
    return { ...NOTHING, apiTokenId: id, grant: () => `${id}|${token}` };
  },
  session: async (tx, user) => {
    const sessionId = await grantSession(tx, user);
    if (sessionId === null) throw new Error("Somebody who is new was not let in.");
    return { ...NOTHING, sessionId, grant: () => sessionId };
  },
};

/** Writes what the grant stands on (a session or a token row) inside the transaction. */
export function grantTo<G extends Grants>(
  tx: Tx,
  user: Proven,
  grants: G,
  door: ClaimDoor,
): Promise<Granted<G>> {
  return GRANTS[grants](tx, user, door);
}
