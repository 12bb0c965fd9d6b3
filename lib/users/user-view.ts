import type { Prisma } from "@/lib/platform/db";

/** A user as the world outside this floor sees one (contract: "Native API"). Times are ISO 8601 in UTC. */
export type UserView = {
  id: string;
  number: number;
  email: string;
  name: string | null;
  firstName: string | null;
  lastName: string | null;
  role: { id: string; slug: string; name: string };
  status: "active" | "disabled" | "invited";
  emailVerifiedAt: string | null;
  lastLoginAt: string | null;
  metadata: Record<string, unknown>;
  createdAt: string;
  updatedAt: string;
};

/** The columns a view is made of; never the password hash. */
export const userColumns = {
  id: true,
  number: true,
  email: true,
  name: true,
  firstName: true,
  lastName: true,
  role: { select: { id: true, slug: true, name: true } },
  status: true,
  emailVerifiedAt: true,
  lastLoginAt: true,
  metadata: true,
  version: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.UserSelect;

export type UserRow = Prisma.UserGetPayload<{ select: typeof userColumns }>;

export function toUserView({ version, ...row }: UserRow): UserView {
  return {
    ...row,
    status: row.status.toLowerCase() as UserView["status"],
    emailVerifiedAt: row.emailVerifiedAt?.toISOString() ?? null,
    lastLoginAt: row.lastLoginAt?.toISOString() ?? null,
    metadata: row.metadata as Record<string, unknown>,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** The entity tag of a user: changes with every edit, not with a sign-in (RFC 9110, 8.8.3). */
export function userEtag(row: { version: number }): string {
  return `"${row.version}"`;
}
