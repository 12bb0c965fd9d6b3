import type { Policy } from "@/lib/access/schema";

/** What an API token may be made for. "*" is everything its owner may do; the rest are bounds below that. */
export const ABILITIES = [
  "*",
  "users:read",
  "users:write",
  "roles:read",
  "roles:write",
  "audit:read",
] as const;
export type Ability = (typeof ABILITIES)[number];

const POLICIES: Record<Exclude<Ability, "*">, Policy> = {
  "users:read": { action: "read", subject: "User" },
  "users:write": { action: "manage", subject: "User" },
  "roles:read": { action: "read", subject: "Role" },
  "roles:write": { action: "manage", subject: "Role" },
  "audit:read": { action: "read", subject: "AuditEvent" },
};

/** The bounds of a token with these abilities, as Actor.limits: null for "*"; an unknown one allows nothing. */
export function limitsOf(abilities: readonly string[]): Policy[] | null {
  if (abilities.includes("*")) return null;
  return abilities.flatMap((ability) =>
    Object.hasOwn(POLICIES, ability) ? [POLICIES[ability as keyof typeof POLICIES]] : [],
  );
}
