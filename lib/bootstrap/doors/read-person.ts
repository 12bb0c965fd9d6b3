import { z } from "zod";
import { judgePassword } from "@/lib/users/judge-password";
import { type Issue, issuesOf, type Rule } from "@/lib/users/schema";
import type { NewAdmin } from "../create-first-admin";

/** What a door makes of a body: a person, or all that is wrong with it. */
export type PersonRead = { kind: "read"; admin: NewAdmin } | { kind: "invalid"; issues: Issue[] };

/**
 * Reads a door's body by its schema and by the password rules of every door. A password is judged even when
 * other fields are wrong, so that one answer tells everything.
 *
 * @param extraRules the password rules a published contract adds, given in the order they are told
 */
export async function readPerson<T extends { password: string }>(
  schema: z.ZodType<T>,
  body: unknown,
  toAdmin: (person: T) => Omit<NewAdmin, "password">,
  extraRules?: (password: string) => Rule[],
): Promise<PersonRead> {
  const fields = typeof body === "object" && body !== null ? body : {};
  const parsed = schema.safeParse(fields);
  const person = parsed.success ? toAdmin(parsed.data) : null;
  const issues = parsed.success ? [] : issuesOf(parsed.error);
  const sent = z.object({ password: z.string().min(1) }).safeParse(fields);
  if (sent.success) {
    const { password } = sent.data;
    issues.push(...(await judgePassword(password, person ?? {}, extraRules)));
  }
  if (!parsed.success || person === null || issues.length > 0) return { kind: "invalid", issues };
  const password = { kind: "plain", value: parsed.data.password } as const;
  return { kind: "read", admin: { ...person, password } };
}
