import { refused } from "@/app/v1/replies/user-replies";
import type { Reply } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { pageReply } from "@/lib/platform/page";
import type { ListSessionsOutcome } from "@/lib/sessions/list-sessions";

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
