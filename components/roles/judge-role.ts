import { config } from "zod";
import { Policies, Policy } from "@/lib/access/schema";
import { RoleInput, type RoleIssue, roleIssuesOf } from "@/lib/roles/schema";
import { Email } from "@/lib/users/schema";

// zod compiles its parsers with `new Function` where it can; trying is already a CSP violation in the console.
config({ jitless: true });

/** The rules that the server judges a role by. Large, so a page loads them when something is about to be changed. */
export const judgeRole = {
  /** Everything wrong with what is written. */
  issuesOf(role: { name: string; policies: unknown; secondFactor: unknown }): RoleIssue[] {
    const result = RoleInput.safeParse(role);
    return result.success ? [] : roleIssuesOf(result.error);
  },
  policiesOf: (written: unknown): Policy[] | null => Policies.safeParse(written).data ?? null,
  policyOf: (written: unknown): Policy | null => Policy.safeParse(written).data ?? null,
  /** An e-mail address as it is stored; of what is none, at least its letters. */
  emailOf: (typed: string): string => Email.safeParse(typed).data ?? typed.trim().toLowerCase(),
};
export type JudgeRole = typeof judgeRole;
