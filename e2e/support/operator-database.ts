import { type Database, freshDatabase } from "./database";
import { databaseEnv, runLatchkey } from "./latchkey";

/** A database as operators have one: empty, and beside its owner a role `serving` that owns nothing. */
export type OperatorDatabase = Database & {
  /** Its address as `role`, with more in its query; of another server in front of it, if that is given. */
  as(role: string, query?: Record<string, string>, base?: string): string;
  /** The schemas that have our tables. */
  schemasWithUsers(): Promise<unknown[]>;
};

export const migrate = (url: string) => runLatchkey(["migrate"], databaseEnv(url));

export async function operatorDatabase(): Promise<OperatorDatabase> {
  const database = await freshDatabase({ migrated: false });
  await database.sql(`
    DO $$ BEGIN
      IF to_regrole('serving') IS NULL THEN CREATE ROLE serving LOGIN; END IF;
    END $$`);
  return {
    ...database,
    as: (role, query = {}, base = database.url) => {
      const url = new URL(base);
      url.username = role;
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      return url.href;
    },
    schemasWithUsers: async () => {
      const rows = await database.sql(
        "SELECT schemaname FROM pg_tables WHERE tablename IN ('users', '_prisma_migrations') ORDER BY 1",
      );
      return rows.map(({ schemaname }) => schemaname);
    },
    drop: async () => {
      await database.sql("DROP OWNED BY serving CASCADE");
      await database.drop();
    },
  };
}
