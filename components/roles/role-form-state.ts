import type { RolePreview } from "@/lib/roles/preview-role";
import type { RoleIssue } from "@/lib/roles/schema";
import type { Refused } from "../form/form-state";

/** What the server said to the last attempt. */
export type RoleFormState =
  | { kind: "idle" }
  | { kind: "problems"; issues: RoleIssue[] }
  /** It means something for somebody, who is told before it is saved. */
  | { kind: "changes"; preview: RolePreview; typed: TypedRole }
  | Refused<"signedOut" | "forbidden" | "beyondOwn" | "fixed" | "notFound" | "stale">;

/** What was sent. With `shown` the same is sent again by who has seen what it means. */
export type TypedRole = {
  name: string;
  policies: string;
  secondFactor: string;
  graceDays: string;
  shown: string;
};
