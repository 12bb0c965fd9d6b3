import { databaseNow } from "@/lib/platform/database-now";
import type { Prisma, Tx } from "@/lib/platform/db";
import { type UserRow, userColumns } from "./user-view";

/** A user ready to be stored: fields already canonical, the password already hashed. */
export type NewUser = {
  email: string;
  name: string | null;
  firstName?: string | null;
  lastName?: string | null;
  /** null: invited, cannot sign in yet. */
  passwordHash: string | null;
  roleId: string;
  emailVerified?: boolean;
  metadata?: Record<string, unknown>;
};

/**
 * Where the row of one user begins; of many at once in lib/import/insert-users.ts. Says nothing about who may: its callers are the operations.
 *
 * @throws a unique violation (isUniqueViolation) when the e-mail is taken
 */
export async function insertUser(tx: Tx, user: NewUser): Promise<UserRow> {
  return tx.user.create({
    data: {
      email: user.email,
      name: user.name,
      firstName: user.firstName ?? null,
      lastName: user.lastName ?? null,
      passwordHash: user.passwordHash,
      roleId: user.roleId,
      status: user.passwordHash === null ? "INVITED" : "ACTIVE",
      emailVerifiedAt: user.emailVerified ? databaseNow() : null,
      metadata: (user.metadata ?? {}) as Prisma.InputJsonObject,
    },
    select: userColumns,
  });
}
