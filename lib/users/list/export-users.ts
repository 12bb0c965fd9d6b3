import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { record } from "@/lib/audit/record";
import { csvRecords } from "@/lib/platform/csv";
import { query, transaction } from "@/lib/platform/db";
import { type Issue, issuesOf } from "../schema";
import { UserFilter, userFilterWhere } from "./user-filter";
import { userScope } from "./user-scope";

export type ExportUsersOutcome =
  | {
      kind: "export";
      /** CSV in UTF-8, a piece at a time; each is read from the database when it is asked for. */
      pieces: AsyncGenerator<string>;
    }
  | { kind: "forbidden" }
  | { kind: "invalid"; issues: Issue[] };

const COLUMNS = [
  "number",
  "id",
  "email",
  "name",
  "role",
  "status",
  "lastLoginAt",
  "createdAt",
  "metadata",
] as const;
const PIECE = 1_000;

/**
 * Every user whom the filter means and the actor may read, in the order they came. The trail records it before
 * the first row leaves. Rows that are written meanwhile may be in it or not; none is in it twice.
 *
 * @param input a UserFilter, as sent by a client
 * @throws {DatabaseUnavailable} at once, or from `pieces`
 */
export async function exportUsers(actor: Actor, input: unknown): Promise<ExportUsersOutcome> {
  if (!may(actor, "read", "User")) return { kind: "forbidden" };
  const parsed = UserFilter.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: issuesOf(parsed.error) };
  const filter = parsed.data;
  await transaction((tx) =>
    record(tx, actor, { action: "users.exported", details: { ...filter } }),
  );
  return { kind: "export", pieces: piecesOf(actor, filter) };
}

async function* piecesOf(actor: Actor, filter: UserFilter): AsyncGenerator<string> {
  // The byte order mark is how a spreadsheet knows UTF-8.
  yield `\uFEFF${csvRecords([COLUMNS])}`;
  const where = { AND: [userScope(actor, "read"), userFilterWhere(filter)] };
  for (let last = 0; ; ) {
    const rows = await query((db) =>
      db.user.findMany({
        where: { AND: [{ number: { gt: last } }, where] },
        select: {
          number: true,
          id: true,
          email: true,
          name: true,
          role: { select: { slug: true } },
          status: true,
          lastLoginAt: true,
          createdAt: true,
          metadata: true,
        },
        orderBy: { number: "asc" },
        take: PIECE,
      }),
    );
    const records = rows.map((row) => [
      row.number,
      row.id,
      row.email,
      row.name,
      row.role.slug,
      row.status.toLowerCase(),
      row.lastLoginAt?.toISOString(),
      row.createdAt.toISOString(),
      JSON.stringify(row.metadata),
    ]);
    if (records.length > 0) yield csvRecords(records);
    last = rows.at(-1)?.number ?? last;
    if (rows.length < PIECE) return;
  }
}
