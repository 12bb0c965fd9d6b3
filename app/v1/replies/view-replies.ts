import type { Reply } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import type { InvalidQuery } from "@/lib/platform/keyset-page";
import type { Issue } from "@/lib/users/schema";
import { refused } from "./refused";

type ViewRefusal =
  | { kind: "forbidden" | "notFound" | "taken" | "full" }
  | { kind: "invalid"; issues: Issue[] }
  | InvalidQuery;

/** The problem (RFC 9457) that answers a refusal of an operation on saved views. */
export function viewRefused(refusal: ViewRefusal): Reply {
  switch (refusal.kind) {
    case "taken":
      return problem("NAME_TAKEN", "You have another view of this name.");
    case "full":
      return problem("TOO_MANY_VIEWS");
    case "invalid": {
      const fields = refusal.issues.map(({ field }) => [field, ["This value is not allowed."]]);
      return problem("VALIDATION_FAILED", undefined, { errors: Object.fromEntries(fields) });
    }
    default:
      return refused("view", { kind: refusal.kind });
  }
}
