import type { GrantedRole } from "@/lib/roles/granted-role";
import type { Issue } from "@/lib/users/schema";
import type { UserView } from "@/lib/users/user-view";
import type { TokenReason } from "./who-may-claim";

/** What the new administrator is handed at once, as the door's contract publishes it. */
export type Grant = { kind: "none" | "accessToken" | "apiToken"; token: string };

/**
 * Everything that can come of asking for the first administrator: a closed union. Each door answers each kind
 * in its own words; a new kind breaks the build at every door that forgot it.
 */
export type ClaimOutcome =
  | { kind: "created"; admin: UserView; role: GrantedRole; grant: Grant }
  | { kind: "alreadySetUp" }
  | { kind: "emailTaken" }
  | { kind: "invalid"; issues: Issue[] }
  | { kind: "setupTokenMissing"; why: TokenReason }
  | { kind: "setupTokenInvalid" }
  /** Configuration keeps the door shut, or the caller lacks the secret it asks for. */
  | { kind: "doorShut" }
  | { kind: "idempotencyKeyInvalid" }
  | { kind: "idempotencyKeyReused" }
  | { kind: "rateLimited"; retryAfter: number }
  | { kind: "overloaded"; retryAfter: number }
  | { kind: "unavailable"; retryAfter: number };
