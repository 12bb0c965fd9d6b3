import { Prisma, sqlState } from "./db";

/** In a SELECT: until the end of the transaction PostgreSQL cuts each statement that takes longer. */
export function statementTime(milliseconds: number): Prisma.Sql {
  return Prisma.sql`set_config('statement_timeout', ${String(milliseconds)}, true)`;
}

/** Whether a statement was cut for its time. */
export function wasCut(error: unknown): boolean {
  return sqlState(error) === "57014";
}
