import { Prisma } from "@/lib/platform/db";
import { randomSecret, sha256 } from "@/lib/platform/secrets/digest";

/** A refresh token that is not stored yet. */
export function newRefreshToken(): { token: string; digest: string } {
  const token = randomSecret();
  return { token, digest: sha256(token) };
}

/** Stores a refresh token for each row of `session` (column "id"), whose family it joins. */
export function insertRefreshToken(
  digest: string,
  session: Prisma.Sql,
  parentDigest: string | null = null,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "refresh_tokens" ("digest", "session_id", "parent_digest")
    SELECT ${digest}, "session"."id", ${parentDigest} FROM ${session}`;
}
