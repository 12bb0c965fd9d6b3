import { type Ready, requireReady, stillHere } from "@/lib/bootstrap/readiness";
import { endpoint, retryAfter } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";

/** What is said of each; neither is a reason to send nobody here any more. */
const ANSWERS = {
  ok: { status: "ok" },
  readOnly: {
    status: "readOnly",
    detail:
      "The database takes no writes: pages, lists and tokens work; signing in, signing out, setting up and every change answer 503.",
  },
  unsealed: {
    status: "unsealed",
    detail:
      "Everything works, but events of the audit trail have waited for their seals for more than a minute; see doctor.",
  },
} as const satisfies Record<Ready, { status: Ready; detail?: string }>;

/** Seconds in which a server that was told to restart is usually back. */
const RESTARTED_AFTER = 5;

/** The database answers, is migrated, and the server stays: requests can be served. 503 otherwise, with no detail. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: async () => {
    if (!stillHere()) return retryAfter(problem("STOPPING"), RESTARTED_AFTER);
    return { status: 200, body: ANSWERS[await requireReady()] };
  },
});
