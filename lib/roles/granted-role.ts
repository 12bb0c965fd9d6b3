import { z } from "zod";
import type { Prisma } from "@/lib/platform/db";
import { readPolicies } from "./read-policies";

/** A role as its holder is told of it on getting in (docs/contracts/setup.md#claim). Times are ISO 8601 in UTC. */
export const GrantedRole = z.object({
  id: z.guid(),
  slug: z.string(),
  name: z.string(),
  policies: z.array(
    z.object({
      action: z.union([z.string(), z.array(z.string())]),
      subject: z.union([z.string(), z.array(z.string())]),
      conditions: z.record(z.string(), z.unknown()).exactOptional(),
    }),
  ),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type GrantedRole = z.output<typeof GrantedRole>;

export const grantedRoleColumns = {
  id: true,
  slug: true,
  name: true,
  policies: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.RoleSelect;

export type GrantedRoleRow = Prisma.RoleGetPayload<{ select: typeof grantedRoleColumns }>;

/** What the contract publishes as a role's name, where people read another. */
const PUBLISHED_NAMES = new Map([["predefined_super_admin", "Super Admin"]]);

export function toGrantedRole(row: GrantedRoleRow): GrantedRole {
  return {
    ...row,
    name: PUBLISHED_NAMES.get(row.slug) ?? row.name,
    policies: [...(readPolicies(row) ?? [])],
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
