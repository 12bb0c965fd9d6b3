import type { Reply } from "@/lib/platform/endpoint";
import { pageReply } from "@/lib/platform/page";
import { problem } from "@/lib/platform/problem";
import { refused } from "@/lib/users/user-replies";
import type { ListSessionsOutcome } from "./list-sessions";

/** A page of sessions in the native API. */
export function sessionsReply(request: Request, outcome: ListSessionsOutcome): Reply {
  switch (outcome.kind) {
    case "listed": {
      return pageReply(request, outcome.sessions, outcome.nextCursor);
    }
    case "invalid": {
      const detail = `The query parameter ${outcome.field} is not valid.`;
      return problem(400, "VALIDATION_FAILED", detail);
    }
    default:
      return refused(outcome);
  }
}
