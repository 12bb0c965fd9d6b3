import { unsealTotpSecret } from "@/lib/factors/totp";
import { ask } from "@/lib/platform/ask";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import { DatabaseUnavailable, Prisma, query, transaction } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { hmacSha256, purposeKey } from "@/lib/platform/secrets/digest";

/** A secret that the database was used with and that AUTH_SECRET does not name: what it sealed opens no more. */
export type MissingSecret = {
  /** When it was missed first, ISO 8601 in UTC; null when it was rotated out or this is the first start without it. */
  since: string | null;
  /** Authenticator apps whose codes cannot be checked, of at most LOOKED_AT. */
  apps: number;
};

/** For so long it is told that a secret was replaced by which nothing is lost. */
const TOLD_DAYS = 30;

/** More authenticator apps than these are not tried: a start must not take long. */
const LOOKED_AT = 5_000;

const digestOf = (secret: string) => hmacSha256(purposeKey(secret, "check"), "AUTH_SECRET");

/**
 * Compares AUTH_SECRET with what the database was used with before. Changes nothing.
 *
 * @returns null when nothing is missing
 * @throws {DatabaseUnavailable}
 */
export async function findMissingSecret(): Promise<MissingSecret | null> {
  return judge(await knownSecrets());
}

type KnownSecret = { digest: string; missedAt: Date | null };

function knownSecrets(): Promise<KnownSecret[]> {
  return ask(
    Prisma.sql`SELECT "digest", "missed_at" AS "missedAt" FROM "secret_checks"`,
    (row) => row as KnownSecret,
  );
}

async function judge(known: readonly KnownSecret[]): Promise<MissingSecret | null> {
  const configured = env().authSecrets.map(digestOf);
  const missing = known.filter(({ digest }) => !configured.includes(digest));
  const other = known.length > 0 && missing.length === known.length;
  // A database from before there was a check may have been restored without its secret, too.
  if (known.length > 0 && missing.length === 0) return null;
  const apps = await countLostApps();
  const missed = missing.flatMap(({ missedAt }) => missedAt ?? []).sort((a, b) => +a - +b)[0];
  const told = daysAfter(databaseNow(), -TOLD_DAYS);
  if (apps === 0 && !other && (missed === undefined || missed < told)) return null;
  return { since: missed?.toISOString() ?? null, apps };
}

/**
 * What every start does: finds what is missing, and remembers the secret that this server signs with. A secret that is
 * replaced by another one beside it is rotated; one that is nowhere any more is missed until it is put back.
 *
 * @throws {DatabaseUnavailable}
 */
export async function checkSecret(): Promise<MissingSecret | null> {
  const stored = await knownSecrets();
  const missing = await judge(stored);
  const configured = env().authSecrets.map(digestOf);
  const [newest = ""] = configured;
  // As almost every start finds it: there is nothing to remember.
  const named = stored.filter(({ digest }) => configured.includes(digest));
  if (
    named.some(({ digest }) => digest === newest) &&
    named.every(({ missedAt }) => missedAt === null)
  ) {
    return missing;
  }
  await transaction(async (tx) => {
    const known = await tx.secretCheck.findMany();
    const isKnown = known.some(({ digest }) => configured.includes(digest));
    if (!isKnown && known.length > 0) {
      await tx.$executeRaw`UPDATE "secret_checks" SET "missed_at" = now() WHERE "missed_at" IS NULL`;
    }
    await tx.secretCheck.updateMany({
      where: { digest: { in: configured }, missedAt: { not: null } },
      data: { missedAt: null },
    });
    await tx.secretCheck.createMany({ data: [{ digest: newest }], skipDuplicates: true });
  }).catch((error) => {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    log().warn("the check of AUTH_SECRET was not stored"); // read-only: no reason not to serve
  });
  return missing;
}

/** Authenticator apps that no configured secret opens. */
async function countLostApps(): Promise<number> {
  const apps = await query((db) =>
    db.totpFactor.findMany({
      where: { confirmedAt: { not: null } },
      select: { userId: true, secret: true },
      orderBy: { userId: "asc" },
      take: LOOKED_AT,
    }),
  );
  return apps.filter(({ userId, secret }) => unsealTotpSecret(userId, secret) === null).length;
}
