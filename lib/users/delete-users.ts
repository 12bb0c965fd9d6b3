import type { Actor } from "@/lib/access/actor";
import { insertEventAboutUsers } from "@/lib/audit/record";
import { alike } from "@/lib/platform/alike";
import { Prisma, type Tx } from "@/lib/platform/db";
import { archiveUsers } from "./archive-users";

/** Archives users and records each. Says nothing about who may. */
export async function deleteUsers(
  tx: Tx,
  actor: Pick<Actor, "userId" | "email">,
  users: readonly { id: string; role: { slug: string } }[],
  details: Record<string, unknown> = {},
): Promise<void> {
  await archiveUsers(
    tx,
    actor,
    users.map(({ id }) => id),
  );
  for (const same of alike(users, ({ role }) => role.slug)) {
    const event = {
      action: "user.deleted",
      details: { role: same[0].role.slug, ...details },
    } as const;
    const gone = Prisma.sql`"deleted_users" WHERE "id" = ANY(${same.map(({ id }) => id)}::uuid[])`;
    await tx.$executeRaw(insertEventAboutUsers(actor, event, gone));
  }
}
