import type { Reply } from "@/lib/platform/http/endpoint";
import { pageReply } from "@/lib/platform/page";
import type { ListSessionsOutcome } from "@/lib/sessions/list-sessions";
import { parameterRefused, refused } from "./refused";

/** A page of sessions in the native API. */
export function sessionsReply(request: Request, outcome: ListSessionsOutcome): Reply {
  switch (outcome.kind) {
    case "listed":
      return pageReply(request, outcome.sessions, outcome.nextCursor);
    case "invalid":
      return parameterRefused(outcome.field);
    default:
      return refused("user", outcome);
  }
}
