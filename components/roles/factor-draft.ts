import { GRACE_DAYS_USUAL } from "@/lib/roles/limits";
import type { FactorRequirement } from "@/lib/roles/schema";

/** A role's requirement of a second factor as it is being written. */
export type FactorDraft = { required: boolean; days: string };

export function factorDraftOf(requirement: FactorRequirement | null): FactorDraft {
  return {
    required: requirement !== null,
    days: String(requirement?.graceDays ?? GRACE_DAYS_USUAL),
  };
}

/** What the draft stands for, as far as it can be read; the schema judges it. */
export function requirementOf({ required, days }: FactorDraft): unknown {
  if (!required) return null;
  return { graceDays: /^\d{1,3}$/.test(days.trim()) ? Number(days) : days };
}
