import type { RoleIssue } from "@/lib/roles/schema";
import type { Refused } from "../form/form-state";

/** What the server said to the last attempt. */
export type RoleFormState =
  | { kind: "idle" }
  | { kind: "problems"; issues: RoleIssue[] }
  | Refused<"signedOut" | "forbidden" | "beyondOwn" | "fixed" | "notFound" | "stale">;
