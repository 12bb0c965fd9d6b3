import { env } from "@/lib/platform/env";
import { isCommonPassword } from "@/lib/platform/password";
import { passwordIssues, type Rule } from "./schema";

/**
 * Every rule a new password breaks, in the order they are told: the rules of every door, those that a
 * published contract adds, and last the list of common passwords, for a password that is otherwise fine.
 */
export function judgePassword(
  password: string,
  person: { email?: string; name?: string | null },
  extraRules: (password: string) => Rule[] = () => [],
): Rule[] {
  const broken = [
    ...passwordIssues(password, person, env().passwordMinLength),
    ...extraRules(password),
  ];
  return broken.length === 0 && isCommonPassword(password) ? ["passwordCommon"] : broken;
}

/** Which of the character classes that a published contract asks for a password lacks. */
export function missingClasses(password: string, asked: readonly Rule[]): Rule[] {
  const has: Partial<Record<Rule, boolean>> = {
    passwordNeedsLetter: /\p{L}/u.test(password),
    passwordNeedsMixedCase: /\p{Lu}/u.test(password) && /\p{Ll}/u.test(password),
    passwordNeedsNumber: /\p{N}/u.test(password),
    passwordNeedsSymbol: /[^\p{L}\p{N}\s]/u.test(password),
  };
  return asked.filter((rule) => !has[rule]);
}
