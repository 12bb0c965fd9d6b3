import { expected } from "@/lib/audit/event-filter";
import type { Reply } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";

/** Every expected way in which reading the trail says no, as the problem (RFC 9457) that answers it. */
export function refusedEvents(
  refusal: { kind: "forbidden" } | { kind: "invalid"; field: string } | { kind: "tooBroad" },
): Reply {
  switch (refusal.kind) {
    case "forbidden":
      return problem(403, "FORBIDDEN", "Your role does not allow this.");
    case "invalid": {
      const { field } = refusal;
      const detail = `The query parameter ${field} is not valid: send ${expected(field)}.`;
      return problem(400, "VALIDATION_FAILED", detail);
    }
    case "tooBroad": {
      const detail = "This search takes too long here. Add a period with from and to.";
      return problem(400, "SEARCH_TOO_BROAD", detail);
    }
  }
}
