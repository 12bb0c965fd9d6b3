import { PREPARED, Prisma, query } from "@/lib/platform/db";
import { type AccountAtTheDoor, type AccountRow, selectAccounts, toAccount } from "./account";

/** Who wants to sign in, by canonical e-mail or by id. @throws {DatabaseUnavailable} */
export async function findAccount(
  by: { email: string } | { id: string },
): Promise<AccountAtTheDoor | null> {
  const where =
    "id" in by
      ? Prisma.sql`"users"."id" = ${by.id}::uuid`
      : Prisma.sql`"users"."email" = ${by.email}`;
  const [row] = await query(
    (db) => db.$queryRaw<AccountRow[]>`${PREPARED} ${selectAccounts(where)}`,
  );
  if (row === undefined) return null;
  const { status, passwordHash, hasSecondFactor } = row;
  return { account: toAccount(row), status, passwordHash, hasSecondFactor };
}
