import { asDatabaseFault, type Prisma, pool, preparedName, requireOpenToRequests } from "./db";
import { processWide } from "./process-wide";
import { sha256 } from "./secrets/digest";

/**
 * One statement by hand, outside a transaction, for what a server is asked most: it goes to the driver past the models,
 * which take ten times as long to say the same (decision 49), and is planned once for each connection.
 *
 * @param sql of a text that does not depend on what is asked, but for a handful of forms: each is kept on every
 *   connection. Values go beside it
 * @param read what a row is read by; one that is not as it should be is a fault of the statement and thrown as such
 * @throws {DatabaseUnavailable} instead of the driver's error
 */
export async function ask<Row>(sql: Prisma.Sql, read: (row: unknown) => Row): Promise<Row[]> {
  const { rows } = await send(sql);
  return rows.map((row) => read(row));
}

/** The same of a statement that only writes. @returns how many rows it wrote */
export async function tell(sql: Prisma.Sql): Promise<number> {
  return (await send(sql)).rowCount ?? 0;
}

async function send({ text, values }: Prisma.Sql) {
  requireOpenToRequests();
  try {
    return await pool().query({ name: preparedName(nameOf(text)), text, values });
  } catch (error) {
    throw asDatabaseFault(error);
  }
}

/** The name of a statement, from its text. */
function nameOf(text: string): string {
  const names = processWide("statement-names", () => new Map<string, string>());
  const name = names.get(text) ?? `asked-${sha256(text).slice(0, 16)}`;
  names.set(text, name);
  return name;
}
