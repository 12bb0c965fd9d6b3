import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { alike } from "@/lib/platform/alike";
import type { Tx } from "@/lib/platform/db";
import { judgeNewRole, newRoleColumns } from "@/lib/users/role-change";
import { insertUsers } from "./insert-users";

/** A row that judgeImport found new: canonical. */
type ImportRow = { email: string; name: string | null; role: string };

type ImportOutcome =
  | { kind: "created"; id: string }
  /** Somebody has taken the e-mail since it was judged. */
  | { kind: "known" }
  | { kind: "rejected"; reason: "roleUnknown" | "forbidden" };

/**
 * Invites many people at once, each recorded. What the actor may is judged anew: since the rows were looked at,
 * the role may have changed or gone.
 *
 * @param details added to the audit event of each user
 * @returns what came of each e-mail, or null when the actor may create nobody any more
 */
export async function importUsers(
  tx: Tx,
  actor: Omit<Actor, "via">,
  rows: readonly ImportRow[],
  details: Record<string, unknown>,
): Promise<Map<string, ImportOutcome> | null> {
  if (!may(actor, "create", "User")) return null;
  const found = await tx.role.findMany({
    where: { slug: { in: [...new Set(rows.map(({ role }) => role))] } },
    select: newRoleColumns,
  });
  const roles = new Map(found.map((role) => [role.slug, judgeNewRole(actor, role)]));
  const outcomes = new Map<string, ImportOutcome>();
  const wanted = rows.flatMap(({ email, name, role: slug }) => {
    const judged = roles.get(slug) ?? { kind: "roleUnknown" };
    const asked = { email, status: "invited", role: { slug } };
    if (judged.kind === "granted" && may(actor, "create", "User", asked)) {
      return [{ email, name, role: judged.role }];
    }
    const reason = judged.kind === "roleUnknown" ? judged.kind : "forbidden";
    outcomes.set(email, { kind: "rejected", reason });
    return [];
  });
  for (const { email } of wanted) outcomes.set(email, { kind: "known" });
  for (const same of alike(wanted, ({ role }) => role.id)) {
    const { role } = same[0];
    const told = { role: role.slug, ...details };
    const created = await insertUsers(tx, actor, same, role.id, told);
    for (const { id, email } of created) outcomes.set(email, { kind: "created", id });
  }
  return outcomes;
}
