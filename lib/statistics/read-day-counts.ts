import { z } from "zod";
import { ask } from "@/lib/platform/ask";
import { Prisma } from "@/lib/platform/db";

const DayCounts = z.object({
  day: z.iso.date(),
  signIns: z.int(),
  refusedSignIns: z.int(),
  blocks: z.int(),
});

/** What was counted of signing in, by day in UTC, from a day on; without the days of which nothing was. */
export async function readDayCounts(from: string): Promise<z.output<typeof DayCounts>[]> {
  const sum = (which: Prisma.Sql) =>
    Prisma.sql`coalesce(sum("count") FILTER (WHERE ${which}), 0)::float8`;
  return ask(
    Prisma.sql`
      SELECT "day"::text AS "day",
        ${sum(Prisma.sql`"what" = 'session.started'`)} AS "signIns",
        ${sum(Prisma.sql`starts_with("what", 'signIn.')`)} AS "refusedSignIns",
        ${sum(Prisma.sql`"what" = 'session.blocked'`)} AS "blocks"
      FROM "day_counts" WHERE "day" >= ${from}::date GROUP BY "day"`,
    DayCounts.parse,
  );
}
