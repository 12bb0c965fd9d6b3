import type { Tx } from "@/lib/platform/db";
import type { NewUser } from "./insert-user";

/**
 * Begins the rows of many invited users at once. One whose e-mail is taken is left out, also when somebody takes
 * it in the same moment; those that were stored are returned.
 */
export async function insertUsers(
  tx: Tx,
  users: readonly Pick<NewUser, "email" | "name" | "roleId">[],
): Promise<{ id: string; email: string }[]> {
  return tx.user.createManyAndReturn({
    data: users.map(({ email, name, roleId }) => ({ email, name, roleId, status: "INVITED" })),
    skipDuplicates: true,
    select: { id: true, email: true },
  });
}
