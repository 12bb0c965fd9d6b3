import type { Code } from "@/lib/codes/codes";
import type { Family } from "../describe-path";

/** What goes without saying of a door. */
export const DOOR: Family = {
  tag: "First administrator",
  errors: "Error",
  signedIn: false,
  database: true,
};

/** At the server's own keyboard nothing is needed; from elsewhere the setup token is. */
export const SETUP_TOKEN = [{ setupToken: [] }, {}];

/** What goes wrong at every door. A door replays the success itself, so a key is never in progress. */
export const CODES: Code[] = ["IDEMPOTENCY_KEY_INVALID", "IDEMPOTENCY_KEY_REUSED", "RATE_LIMITED"];
export const TOKEN_CODES: Code[] = ["SETUP_TOKEN_REQUIRED"];
