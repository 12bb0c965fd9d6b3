import type { Policy } from "@/lib/access/actor";
import { query } from "@/lib/platform/db";
import { toUserView, type UserView, userColumns } from "@/lib/users/user-view";

/** A user who has just proved to be one, with what the role allows. @throws {DatabaseUnavailable} */
export async function findAccount(
  userId: string,
): Promise<{ user: UserView; policies: Policy[] } | null> {
  const found = await query((db) =>
    db.user.findUnique({
      where: { id: userId },
      select: {
        ...userColumns,
        role: { select: { id: true, slug: true, name: true, policies: true } },
      },
    }),
  );
  if (found === null) return null;
  const { policies, ...role } = found.role;
  return { user: toUserView({ ...found, role }), policies: policies as Policy[] };
}
