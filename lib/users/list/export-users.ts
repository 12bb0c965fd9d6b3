import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { record } from "@/lib/audit/record";
import { csvRecords } from "@/lib/platform/csv";
import { query, transaction } from "@/lib/platform/db";
import { type InvalidQuery, pieces, readQuery } from "@/lib/platform/keyset-page";
import { scopeOf } from "@/lib/rows/scope-of";
import { UserFilter, userFilterWhere } from "./user-filter";

type ExportUsersOutcome =
  | {
      kind: "export";
      /** CSV in UTF-8, a piece at a time; each is read from the database when it is asked for. */
      pieces: AsyncGenerator<string>;
    }
  | { kind: "forbidden" }
  | InvalidQuery;

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
  const read = readQuery(UserFilter, input);
  if (read.kind === "invalid") return read;
  const filter = read.asked;
  await transaction((tx) =>
    record(tx, actor, { action: "users.exported", details: { ...filter } }),
  );
  return { kind: "export", pieces: piecesOf(actor, filter) };
}

async function* piecesOf(actor: Actor, filter: UserFilter): AsyncGenerator<string> {
  // The byte order mark is how a spreadsheet knows UTF-8.
  yield `\uFEFF${csvRecords([COLUMNS])}`;
  const where = { AND: [scopeOf(actor, "read", "User"), userFilterWhere(filter)] };
  const read = (last: { number: number } | undefined) =>
    query((db) =>
      db.user.findMany({
        where: { AND: [{ number: { gt: last?.number ?? 0 } }, where] },
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
  for await (const rows of pieces(PIECE, read)) {
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
    yield csvRecords(records);
  }
}
