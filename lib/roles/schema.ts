import { z } from "zod";
import { POLICY_RULES, Policies } from "@/lib/access/schema";
import { PersonName } from "@/lib/users/schema";

/** Each way a role can be wrong; what is wrong with its policies has the same keys as in lib/access/schema.ts. */
const ROLE_RULES = [
  "required",
  "invalid",
  "nameTooLong",
  "nameCharacters",
  "nameTaken",
  "tooManyRoles",
  "graceDaysInvalid",
  ...POLICY_RULES,
] as const;
export type RoleRule = (typeof ROLE_RULES)[number];

/** One thing wrong with a role, and where: `["policies", 2, "conditions", "status"]`. */
export type RoleIssue = { path: (string | number)[]; rule: RoleRule };

export const ROLE_NAME_MAX = 120;
/** So many that lists for choosing need no pages. */
export const ROLES_MAX = 500;

/** Like a person's name: trimmed, visible characters, at most 120. */
const RoleName = PersonName.pipe(z.string().max(ROLE_NAME_MAX, "nameTooLong"));

export const GRACE_DAYS_MAX = 90;

/** That a role's holders need a second factor: an authenticator app or a passkey. */
export const FactorRequirement = z.object({
  graceDays: z
    .int("graceDaysInvalid")
    .min(0, "graceDaysInvalid")
    .max(GRACE_DAYS_MAX, "graceDaysInvalid")
    .meta({
      description:
        "Days to set one up, from when it is required, for later users from when they are created. Whoever has none then can do nothing else before.",
    }),
});
export type FactorRequirement = z.output<typeof FactorRequirement>;

export const RoleInput = z.object({
  name: RoleName,
  policies: Policies.default([]),
  secondFactor: FactorRequirement.nullable().default(null),
});
export type RoleInput = z.output<typeof RoleInput>;

/** Any of a role's fields. */
export const RoleChanges = z.object({
  name: RoleName.optional(),
  policies: Policies.optional(),
  secondFactor: FactorRequirement.nullable().optional(),
});
export type RoleChanges = z.output<typeof RoleChanges>;

/** The issues of a failed parse, in the order they were found. */
export function roleIssuesOf(error: z.ZodError): RoleIssue[] {
  return error.issues.map(({ path, message }) => ({
    path: path.map((key) => (typeof key === "number" ? key : String(key))),
    rule: ROLE_RULES.find((known) => known === message) ?? "invalid",
  }));
}
