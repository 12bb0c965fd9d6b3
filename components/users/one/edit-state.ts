import type { Problems, Refused } from "@/components/form/form-state";
import type { Rule } from "@/lib/users/schema";
import type { Snapshot } from "./snapshot";

/** What a person has typed into one of the page's forms, by field. */
export type Typed = Partial<Record<"name" | "email" | "metadata", string>>;

/** What came of saving a form; `typed` gives back what was sent, so that nothing is lost. */
export type EditState =
  | { kind: "idle" }
  | { kind: "saved"; now: Snapshot }
  | ((
      | Problems<Rule>
      /** The user was changed since `read`; `by` is who did it, as far as the reader may know. */
      | { kind: "stale"; read: Snapshot | null; now: Snapshot; by: string | null }
      | Refused<"signedOut" | "forbidden" | "notFound" | "lastAdmin">
    ) & { typed: Typed });

export type SaveEdit = (before: EditState, form: FormData) => Promise<EditState>;

/** What a field holds after the server's answer: what was typed where it was touched, what is stored otherwise. */
export function valueAfter(state: EditState, field: keyof Typed, stored: string): string {
  if (state.kind === "idle" || state.kind === "saved") return stored;
  const typed = state.typed[field] ?? stored;
  return state.kind === "stale" && typed === state.read?.[field] ? state.now[field] : typed;
}
