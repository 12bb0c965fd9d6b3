import { expected } from "@/lib/audit/event-filter";
import type { Reply } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { type PlainRefusal, refused } from "./refused";

/** The problem (RFC 9457) that answers a refusal to read the trail. */
export function eventsRefused(refusal: PlainRefusal | { kind: "invalid"; field: string }): Reply {
  if (refusal.kind !== "invalid") return refused("event", refusal);
  const { field } = refusal;
  const detail = `The query parameter ${field} is not valid: send ${expected(field)}.`;
  return problem("VALIDATION_FAILED", detail);
}
