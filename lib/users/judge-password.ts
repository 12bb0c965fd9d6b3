import { isBreachedPassword } from "@/lib/platform/secrets/breached-password";
import { isCommonPassword } from "@/lib/platform/secrets/password";
import { settings } from "@/lib/settings/settings";
import { type Issue, passwordIssues, type Rule } from "./schema";

/**
 * Every rule a new password breaks, in the order they are told: the rules of every door, those that a
 * published contract adds, and for a password that is otherwise fine the list of common passwords and, where that
 * is asked for, of breached ones. May take as long as that server may; not for a transaction.
 */
export async function judgePassword(
  password: string,
  person: { email?: string; name?: string | null },
  extraRules: (password: string) => Rule[] = () => [],
): Promise<Issue[]> {
  const broken = [
    ...passwordIssues(password, person, settings().passwordMinLength),
    ...extraRules(password),
  ];
  if (broken.length === 0) {
    if (await isCommonPassword(password)) broken.push("passwordCommon");
    else if (await isBreachedPassword(password, settings().breachedPasswordsUrl))
      broken.push("passwordBreached");
  }
  return broken.map((rule) => ({ field: "password", rule }));
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
