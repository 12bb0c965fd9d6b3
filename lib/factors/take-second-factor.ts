import { record } from "@/lib/audit/record";
import { Prisma, type Tx, transaction } from "@/lib/platform/db";
import { countAttempt, giveBackAttempt, type Limit } from "@/lib/platform/rate-limit";
import { takeRecoveryCode } from "./recovery-codes";
import { takeTotpCode } from "./totp";

export type TakeSecondFactorOutcome =
  | { kind: "taken" }
  | { kind: "wrong" }
  | { kind: "rateLimited"; retryAfter: number };

/** Of a million codes three are right at a time; NIST SP 800-63B allows at most 100 failures in a row. */
const GUESSES: Limit = { name: "second-factor", points: 5, seconds: 300, grows: true };

/**
 * Of a row of the table `users`, in SQL: there is no second factor. Two conditions, because PostgreSQL joins those by
 * hashing.
 */
export const WITHOUT_FACTOR = Prisma.sql`(
  NOT EXISTS (SELECT FROM "passkeys" WHERE "passkeys"."user_id" = "users"."id")
  AND NOT EXISTS (
    SELECT FROM "totp_factors"
    WHERE "totp_factors"."user_id" = "users"."id" AND "totp_factors"."confirmed_at" IS NOT NULL))`;

/** Whether signing in to this account takes more than the password. */
export async function hasSecondFactor(tx: Tx, userId: string): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "users" WHERE "id" = ${userId}::uuid AND NOT ${WITHOUT_FACTOR}`;
  return found.length > 0;
}

/**
 * Takes a code of the authenticator app or a recovery code, each of them once. Counted before it is looked at,
 * by user and client: whoever gets this far already knows the password, and must not be able to lock its owner out.
 *
 * @throws {DatabaseUnavailable}
 */
export async function takeSecondFactor(
  user: { id: string; email: string },
  client: string,
  code: string,
): Promise<TakeSecondFactorOutcome> {
  const key = `${user.id}.${client}`;
  const wait = await countAttempt(GUESSES, key);
  if (wait !== null) return { kind: "rateLimited", retryAfter: wait };
  const taken = await transaction(async (tx) => {
    if (await takeTotpCode(tx, user.id, code.replace(/\s/g, ""))) return true;
    if (!(await takeRecoveryCode(tx, user.id, code))) return false;
    await record(
      tx,
      { userId: user.id, email: user.email },
      {
        action: "factor.recoveryCodeUsed",
        target: { type: "user", id: user.id, label: user.email },
        details: {
          left: await tx.recoveryCode.count({ where: { userId: user.id, usedAt: null } }),
        },
      },
    );
    return true;
  });
  if (!taken) return { kind: "wrong" };
  await giveBackAttempt(GUESSES, key);
  return { kind: "taken" };
}
