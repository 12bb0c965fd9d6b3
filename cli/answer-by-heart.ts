import { isKnownClaimed } from "@/lib/bootstrap/installation";
import { isOpenToRequests } from "@/lib/platform/db";

const ALIVE = JSON.stringify({ status: "ok" });
const CLAIMED = JSON.stringify({ needsSetup: false });

/**
 * The body of a question that is asked all the time, by balancers and by pages in front of us, and that this process
 * can answer without the database: then it needs no framework either. Null for all else, which the routes answer; they
 * say the same.
 */
export function answerByHeart(method: string | undefined, path: string): string | null {
  if (method !== "GET" && method !== "HEAD") return null;
  if (path === "/health/live") return ALIVE;
  const known = path === "/v1/auth/status" && isOpenToRequests() && isKnownClaimed();
  return known ? CLAIMED : null;
}
