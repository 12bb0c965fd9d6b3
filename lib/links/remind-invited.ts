import { z } from "zod";
import { insertEventAboutUsers } from "@/lib/audit/record";
import { Prisma, type Tx, transaction } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { LOCALES } from "@/lib/platform/messages";
import { randomSecret, sha256 } from "@/lib/platform/secrets/digest";
import { targetColumns, toTarget } from "@/lib/users/find-target";
import { findMakers, mayStillMake } from "./link-maker";
import { MAILS_AT_ONCE, mailLink } from "./mail-link";
import { linkTo } from "./user-link";

/** Late enough that most have joined by themselves, and early enough for who reads mail every other day. */
const HOURS_BEFORE = 48;

const Due = z.array(
  z.object({
    id: z.guid(),
    userId: z.guid(),
    makerId: z.guid(),
    by: z.string(),
    expiresAt: z.date(),
    locale: z.enum(LOCALES).catch("en"),
  }),
);

/**
 * Mails everybody whose invitation was mailed and is about to run out, once for each invitation: it is marked before it is
 * mailed, by one process of however many look. A mail that then fails is in the log and is not sent again; those after it
 * wait for the next look.
 *
 * @param stopping ends it, with nobody marked who was not mailed
 * @returns how many were reminded
 * @throws {DatabaseUnavailable}
 */
export async function remindInvited(stopping?: AbortSignal): Promise<number> {
  if (env().mail === undefined) return 0;
  let count = 0;
  while (!stopping?.aborted) {
    const { looked, reminders } = await transaction(markSome);
    const mails = await Promise.all(
      reminders.map(({ by, person, expiresAt, link, locale }) => {
        const maker = { name: null, email: by };
        return mailLink(maker, person, "reminder", { mailLink: link, expiresAt }, locale);
      }),
    );
    count += mails.filter((mail) => mail === "sent").length;
    if (looked < MAILS_AT_ONCE || mails.includes("failed")) break;
  }
  return count;
}

async function markSome(tx: Tx) {
  const due = Due.parse(
    await tx.$queryRaw`
      WITH "due" AS (
        SELECT "id" FROM "user_links"
        WHERE "purpose" = 'invitation' AND "mail_digest" IS NOT NULL
          AND "reminded_at" IS NULL AND "used_at" IS NULL AND "revoked_at" IS NULL
          AND "expires_at" > now() AND "expires_at" <= now() + make_interval(hours => ${HOURS_BEFORE}::int)
        ORDER BY "expires_at" LIMIT ${MAILS_AT_ONCE} FOR UPDATE SKIP LOCKED)
      UPDATE "user_links" SET "reminded_at" = now() FROM "due" WHERE "user_links"."id" = "due"."id"
      RETURNING "user_links"."id", "user_id" AS "userId", "created_by_id" AS "makerId",
        "created_by_label" AS "by", "expires_at" AS "expiresAt", "locale"`,
  );
  const rows = await tx.user.findMany({
    where: { id: { in: due.map(({ userId }) => userId) } },
    select: targetColumns,
  });
  const targets = new Map(rows.map((row) => [row.id, toTarget(row)]));
  const makers = await findMakers(
    tx,
    due.map(({ makerId }) => makerId),
  );
  const reminders = due.flatMap(({ userId, makerId, ...link }) => {
    const target = targets.get(userId);
    // A link that opens nothing is nothing to be reminded of.
    if (target === undefined || target.row.status !== "INVITED") return [];
    if (!mayStillMake(makers.get(makerId), "invitation", target)) return [];
    const secret = randomSecret();
    return [{ ...link, person: target.user, digest: sha256(secret), link: linkTo(secret) }];
  });
  if (reminders.length > 0) {
    const ids = reminders.map(({ id }) => id);
    const digests = reminders.map(({ digest }) => digest);
    await tx.$executeRaw`
      UPDATE "user_links" SET "reminder_digest" = "made"."digest"
      FROM unnest(${ids}::uuid[], ${digests}::text[]) AS "made" ("id", "digest")
      WHERE "user_links"."id" = "made"."id"`;
    const people = reminders.map(({ person }) => person.id);
    const event = { action: "user.invitationReminded" } as const;
    await tx.$executeRaw(
      insertEventAboutUsers(
        { system: "schedule" },
        event,
        Prisma.sql`"users" WHERE "id" = ANY(${people}::uuid[])`,
      ),
    );
  }
  return { looked: due.length, reminders };
}
