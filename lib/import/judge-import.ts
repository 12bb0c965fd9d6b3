import { setImmediate as otherWork } from "node:timers/promises";
import type { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may, mayGovern } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { hiddenMark } from "@/lib/platform/hidden-mark";
import { readPolicies } from "@/lib/roles/read-policies";
import { Email, issuesOf, OptionalPersonName, type Rule, USER_ROLE } from "@/lib/users/schema";
import type { CsvRow } from "./read-users-csv";
import { roleFinder } from "./role-by-word";

/** What is wrong with a row: a rule of createUser, or what only a file can get wrong. */
type ImportFault =
  | Rule
  | "duplicate"
  | "tooManyCells"
  | "forbidden"
  | "roleAmbiguous"
  /** The other system keeps this person out; whoever wants them in leaves that column out. */
  | "keptOut";

/** The cell of a row that is to blame. */
type ImportCell = "email" | "name" | "role" | "status";

/** A row as it will be stored, or why it will not. */
export type JudgedRow = { line: number } & (
  | { kind: "new"; email: string; name: string | null; role: string }
  /** Somebody has this e-mail already; nothing to do. */
  | { kind: "known"; email: string; name: string | null; role: string }
  | {
      kind: "rejected";
      cells: { email: string; name: string; role: string; status: string };
      column: ImportCell | null;
      fault: ImportFault;
      /** Of a duplicate: where the address was first. */
      firstLine?: number;
      /** Of a cell with a character that nobody sees: which one, as "U+200B". */
      mark?: string;
    }
);

/** So many rows are judged before others get their turn. */
const TURN = 1_000;

/**
 * Judges every row by the rules of createUser, and by what the actor may.
 *
 * @returns the rows, and what the roles are called
 * @throws {DatabaseUnavailable}
 */
export async function judgeImport(
  actor: Pick<Actor, "role" | "limits">,
  rows: readonly CsvRow[],
): Promise<{ judged: JudgedRow[]; roleNames: Map<string, string> }> {
  const roles = await query((db) =>
    db.role.findMany({ select: { slug: true, name: true, policies: true } }),
  );
  const findRole = roleFinder(roles);
  const governed = new Map(roles.map((role) => [role.slug, mayGovern(actor, readPolicies(role))]));
  const lines = new Map<string, number>();
  const judged: JudgedRow[] = [];
  for (let start = 0; start < rows.length; start += TURN) {
    const part = rows
      .slice(start, start + TURN)
      .map((row) => judgeRow(actor, row, { findRole, governed }, lines));
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
  return { judged, roleNames: new Map(roles.map(({ slug, name }) => [slug, name])) };
}

/** @param lines where each address was seen first; grows with the rows */
function judgeRow(
  actor: Pick<Actor, "role" | "limits">,
  row: CsvRow,
  {
    findRole,
    governed,
  }: { findRole: ReturnType<typeof roleFinder>; governed: Map<string, boolean> },
  lines: Map<string, number>,
): JudgedRow {
  const { line } = row;
  const rejected = (
    column: ImportCell | null,
    fault: ImportFault,
    more: { firstLine?: number; mark?: string } = {},
  ): JudgedRow => ({
    kind: "rejected",
    line,
    cells: { email: row.email, name: row.name, role: row.role, status: row.status },
    column,
    fault,
    ...more,
  });
  const wrong = (column: "email" | "name", error: z.ZodError): JudgedRow => {
    const mark = hiddenMark(row[column].trim());
    return rejected(column, issuesOf(error)[0]?.rule ?? "invalid", mark === null ? {} : { mark });
  };
  if (row.tooManyCells) return rejected(null, "tooManyCells");
  const email = Email.safeParse(row.email);
  if (!email.success) return wrong("email", email.error);
  const name = OptionalPersonName.safeParse(row.name);
  if (!name.success) return wrong("name", name.error);
  if (row.keptOut) return rejected("status", "keptOut");
  const role = findRole(row.role.trim() || USER_ROLE);
  if (typeof role === "string") return rejected("role", role);
  const { slug } = role;
  const asked = { email: email.data, status: "invited", role: { slug } };
  if (!governed.get(slug) || !may(actor, "create", "User", asked)) {
    return rejected("role", "forbidden");
  }
  const firstLine = lines.get(email.data);
  if (firstLine !== undefined) return rejected("email", "duplicate", { firstLine });
  lines.set(email.data, line);
  return { kind: "new", line, email: email.data, name: name.data, role: slug };
}
