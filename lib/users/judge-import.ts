import { setImmediate as otherWork } from "node:timers/promises";
import type { Actor, Policy } from "@/lib/access/actor";
import { may, mayGovern } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import type { CsvRow } from "./read-users-csv";
import { Email, issuesOf, OptionalPersonName, type Rule, USER_ROLE } from "./schema";

/** What is wrong with a row: a rule of createUser, or what only a file can get wrong. */
export type ImportFault = Rule | "duplicate" | "tooManyCells" | "forbidden";

/** A row as it will be stored, or why it will not. */
export type JudgedRow = { line: number } & (
  | { kind: "new"; email: string; name: string | null; role: string }
  /** Somebody has this e-mail already; nothing to do. */
  | { kind: "known"; email: string; name: string | null; role: string }
  | {
      kind: "rejected";
      cells: { email: string; name: string; role: string };
      column: "email" | "name" | "role" | null;
      fault: ImportFault;
      /** Of a duplicate: where the address was first. */
      firstLine?: number;
    }
);

/** So many rows are judged before others get their turn. */
const TURN = 1_000;

/** Judges every row by the rules of createUser, and by what the actor may. @throws {DatabaseUnavailable} */
export async function judgeImport(
  actor: Pick<Actor, "role" | "limits">,
  rows: readonly CsvRow[],
): Promise<JudgedRow[]> {
  const roles = await query((db) => db.role.findMany({ select: { slug: true, policies: true } }));
  const governed = new Map(
    roles.map(({ slug, policies }) => [slug, mayGovern(actor, policies as Policy[])]),
  );
  const lines = new Map<string, number>();
  const judged: JudgedRow[] = [];
  for (let start = 0; start < rows.length; start += TURN) {
    const part = rows
      .slice(start, start + TURN)
      .map((row) => judgeRow(actor, row, governed, lines));
    const emails = part.flatMap((row) => (row.kind === "new" ? [row.email] : []));
    const taken = await query((db) =>
      db.user.findMany({ where: { email: { in: emails } }, select: { email: true } }),
    );
    const known = new Set(taken.map(({ email }) => email));
    for (const row of part) {
      judged.push(row.kind === "new" && known.has(row.email) ? { ...row, kind: "known" } : row);
    }
    await otherWork();
  }
  return judged;
}

/** @param lines where each address was seen first; grows with the rows */
function judgeRow(
  actor: Pick<Actor, "role" | "limits">,
  row: CsvRow,
  governed: Map<string, boolean>,
  lines: Map<string, number>,
): JudgedRow {
  const { line } = row;
  const rejected = (
    column: "email" | "name" | "role" | null,
    fault: ImportFault,
    firstLine?: number,
  ): JudgedRow => ({
    kind: "rejected",
    line,
    cells: { email: row.email, name: row.name, role: row.role },
    column,
    fault,
    ...(firstLine !== undefined && { firstLine }),
  });
  if (row.tooManyCells) return rejected(null, "tooManyCells");
  const email = Email.safeParse(row.email);
  if (!email.success) return rejected("email", issuesOf(email.error)[0]?.rule ?? "invalid");
  const name = OptionalPersonName.safeParse(row.name);
  if (!name.success) return rejected("name", issuesOf(name.error)[0]?.rule ?? "invalid");
  const role = row.role.trim() || USER_ROLE;
  const mayHandOut = governed.get(role);
  if (mayHandOut === undefined) return rejected("role", "roleUnknown");
  const asked = { email: email.data, status: "invited", role: { slug: role } };
  if (!mayHandOut || !may(actor, "create", "User", asked)) return rejected("role", "forbidden");
  const firstLine = lines.get(email.data);
  if (firstLine !== undefined) return rejected("email", "duplicate", firstLine);
  lines.set(email.data, line);
  return { kind: "new", line, email: email.data, name: name.data, role };
}
