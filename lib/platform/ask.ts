import type pg from "pg";
import {
  asDatabaseFault,
  isAccompanied,
  isPooled,
  LIST_TIMEOUT_MS,
  listPool,
  type Prisma,
  pool,
  preparedName,
  requireOpenToRequests,
  retried,
  transaction,
} from "./db";
import { processWide } from "./process-wide";
import { sha256 } from "./secrets/digest";
import { statementTime } from "./statement-time";

/**
 * One statement by hand, outside a transaction, for what a server is asked most: it goes to the driver past the models,
 * which take ten times as long to say the same (decision 50), and is planned once for each connection.
 *
 * @param sql of a text that does not depend on what is asked, but for a handful of forms: each is kept on every
 *   connection. Values go beside it
 * @param read what a row is read by; one that is not as it should be is a fault of the statement and thrown as such
 * @throws {DatabaseUnavailable} instead of the driver's error
 */
export async function ask<Row>(
  sql: Prisma.Sql,
  read: Reader<Row>,
  { list = false, prepared = true }: Within = {},
): Promise<Row[]> {
  const rows = list && isPooled() ? await askPooled(sql) : (await send(sql, list, prepared)).rows;
  return rows.map((row) => read(row));
}

/** Makes of a row what it is typed as. */
export type Reader<Row> = (row: unknown) => Row;

type Within = {
  /** A page of a list: cut after three seconds, on connections of its own. */
  list?: boolean;
  /** False for a text of which there is no end of forms, or whose best plan depends on its values. */
  prepared?: boolean;
};

/**
 * One statement by hand that writes, by itself: to everybody else it happens at once, as a transaction does, in one
 * round trip instead of three. Again when it met another one, as `transaction`.
 *
 * @throws {DatabaseUnavailable} instead of the driver's error
 */
export async function statement<Row>(sql: Prisma.Sql, read: Reader<Row>): Promise<Row[]> {
  const rows = isAccompanied()
    ? await transaction((tx) => tx.$queryRaw<unknown[]>(sql))
    : await retried(async () => (await sendRaw(sql, pool(), true)).rows);
  return rows.map((row) => read(row));
}

/** `ask` of a statement that only writes. @returns how many rows it wrote */
export async function tell(sql: Prisma.Sql): Promise<number> {
  return (await send(sql, false, true)).rowCount ?? 0;
}

/** Behind a pooler no connection is our own to set a time on; there it is set for a transaction. */
function askPooled(sql: Prisma.Sql): Promise<unknown[]> {
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT ${statementTime(LIST_TIMEOUT_MS)}`;
    return tx.$queryRaw<unknown[]>(sql);
  });
}

async function send(sql: Prisma.Sql, list: boolean, prepared: boolean) {
  requireOpenToRequests();
  try {
    return await sendRaw(sql, list ? listPool() : pool(), prepared);
  } catch (error) {
    throw asDatabaseFault(error);
  }
}

function sendRaw({ text, values }: Prisma.Sql, connections: pg.Pool, prepared: boolean) {
  const name = prepared ? preparedName(nameOf(text)) : "";
  return connections.query<Record<string, unknown>>({ name, text, values });
}

/** The name of a statement, from its text. */
function nameOf(text: string): string {
  const names = processWide("statement-names", () => new Map<string, string>());
  const name = names.get(text) ?? `asked-${sha256(text).slice(0, 16)}`;
  names.set(text, name);
  return name;
}
