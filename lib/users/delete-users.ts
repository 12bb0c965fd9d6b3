import type { Actor } from "@/lib/access/actor";
import { recordAll } from "@/lib/audit/record";
import type { Tx } from "@/lib/platform/db";
import { archiveUsers } from "./archive-users";

/** Archives users and records each. Says nothing about who may. */
export async function deleteUsers(
  tx: Tx,
  actor: Pick<Actor, "userId" | "email">,
  users: readonly { id: string; email: string; role: { slug: string } }[],
  details: Record<string, unknown> = {},
): Promise<void> {
  await archiveUsers(
    tx,
    actor,
    users.map(({ id }) => id),
  );
  await recordAll(
    tx,
    actor,
    users.map(({ id, email, role }) => ({
      action: "user.deleted",
      target: { type: "user", id, label: email },
      details: { role: role.slug, ...details },
    })),
  );
}
