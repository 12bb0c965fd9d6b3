import { z } from "zod";
import { databaseUrlProblem, inSchemaOf } from "../database-url";
import { together, variable } from "./setting";

const databaseUrl = z
  .string({ error: "is missing; npm start sets it for the embedded database" })
  .superRefine((value, context) => {
    const problem = databaseUrlProblem(value);
    if (problem !== null) context.addIssue(problem);
  });

const prepared = z
  .enum(["on", "off"], { error: "must be on or off" })
  .transform((value) => value === "on");

const redisUrl = z.string().regex(/^rediss?:\/\//, "must start with redis:// or rediss://");

/** Where things are kept. */
export const storage = together(
  {
    databaseUrl: variable("DATABASE_URL", databaseUrl),
    migrationUrl: variable("DATABASE_MIGRATION_URL", databaseUrl.optional()),
    /** Whether statements are prepared by name; undefined: on sessions of our own only. */
    preparedStatements: variable("DATABASE_PREPARED_STATEMENTS", prepared.optional()),
    /** Where guesses are counted; without it in PostgreSQL. */
    redisUrl: variable("REDIS_URL", redisUrl.optional()),
  },
  (settings) => ({
    ...settings,
    /** As whom and where migrations are applied; `databaseUrl` unless set. Looks in the same schema. */
    migrationUrl: inSchemaOf(settings.databaseUrl, settings.migrationUrl ?? settings.databaseUrl),
  }),
);
