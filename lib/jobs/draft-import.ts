import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { type JudgedRow, judgeImport } from "@/lib/import/judge-import";
import type { ImportField } from "@/lib/import/limits";
import { type ReadUsersCsvOutcome, readUsersCsv } from "@/lib/import/read-users-csv";
import { transaction } from "@/lib/platform/db";
import { withoutHiddenMarks } from "@/lib/platform/hidden-mark";
import { type JobOptions, type JobView, toJobView } from "./job-view";
import { type NewItem, storeJob } from "./store-job";

export type DraftImportOutcome =
  | { kind: "drafted"; job: JobView }
  | { kind: "forbidden" }
  | Exclude<ReadUsersCsvOutcome, { kind: "read" }>;

/**
 * Reads and judges a file of users without making one. The rows wait, a day at most, as items of a job that
 * nobody has started; a file that does not come in whole leaves nothing.
 *
 * @param declared the Content-Length, null when there is none
 * @param mapping what each column is, from left to right; null to go by the titles
 * @throws {DatabaseUnavailable}
 */
export async function draftImport(
  actor: Actor,
  body: AsyncIterable<Uint8Array>,
  declared: number | null,
  fileName: string,
  mapping: readonly ImportField[] | null,
): Promise<DraftImportOutcome> {
  if (!may(actor, "create", "User")) return { kind: "forbidden" };
  const read = await readUsersCsv(body, declared, mapping);
  if (read.kind !== "read") return read;
  const { rows, columns, ignored, encoding } = read;
  const { judged, roleNames } = await judgeImport(actor, rows);
  const options: JobOptions = {
    file: withoutHiddenMarks(fileName),
    encoding,
    columns,
    ignored,
    roles: rolesOf(judged, roleNames),
  };
  const items = judged.map(toItem);
  const row = await transaction((tx) =>
    storeJob(tx, actor, { kind: "import", state: "DRAFT", options }, items),
  );
  return { kind: "drafted", job: toJobView(row) };
}

function rolesOf(judged: readonly JudgedRow[], names: Map<string, string>): JobOptions["roles"] {
  const counts = new Map<string, number>();
  for (const row of judged) {
    if (row.kind === "new") counts.set(row.role, (counts.get(row.role) ?? 0) + 1);
  }
  return [...counts].map(([slug, count]) => ({ slug, name: names.get(slug) ?? slug, count }));
}

/** PostgreSQL holds no NUL. */
const storable = (text: string) => text.replaceAll("\0", "\uFFFD");

function toItem(row: JudgedRow): NewItem {
  const position = row.line;
  if (row.kind !== "rejected") {
    const { email, name, role } = row;
    const data = { name, role };
    return row.kind === "new"
      ? { position, label: email, outcome: "pending", data }
      : { position, label: email, outcome: "unchanged", reason: "emailTaken", data };
  }
  const { cells, column, fault, firstLine, mark } = row;
  const email = storable(cells.email);
  return {
    position,
    label: email.trim().slice(0, 255),
    outcome: "rejected",
    reason: fault,
    data: {
      email,
      name: storable(cells.name),
      role: storable(cells.role),
      column,
      ...(cells.status !== "" && { status: storable(cells.status) }),
      ...(firstLine !== undefined && { firstLine }),
      ...(mark !== undefined && { mark }),
    },
  };
}
