import type { GrantedRole } from "@/lib/roles/granted-role";
import type { Issue } from "@/lib/users/schema";
import type { UserView } from "@/lib/users/user-view";
import type { TokenReason } from "./who-may-claim";

/** What a door hands to a new administrator at once, as its contract publishes it. */
export type Grants = "none" | "accessToken" | "apiToken" | "session";

/** The token, or the id of the session. */
export type Grant<G extends Grants> = G extends "none" ? null : string;

/**
 * Everything that can come of asking for the first administrator: a closed union. Each door answers each kind
 * in its own words; a new kind breaks the build at every door that forgot it.
 */
export type ClaimOutcome<G extends Grants = Grants> =
  | { kind: "created"; admin: UserView; role: GrantedRole; grant: Grant<G> }
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
