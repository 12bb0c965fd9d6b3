import { record } from "@/lib/audit/record";
import { Prisma, type Tx, transaction } from "@/lib/platform/db";
import { clientKey } from "@/lib/platform/http/client-key";
import { guarded, type Limit } from "@/lib/platform/limits/rate-limit";
import { getRequestContext } from "@/lib/platform/request-context";
import { isKnownClient } from "./is-known-client";
import { takeRecoveryCode } from "./recovery-codes";
import { takeTotpCode } from "./totp";

type TakeSecondFactorOutcome =
  /** By the authenticator app; or by a recovery code, of which so many are left. */
  | { kind: "taken"; recoveryCodesLeft: number | null }
  | { kind: "wrong" }
  /** AUTH_SECRET is not the one that the app's secret was sealed with: nobody can tell right from wrong. */
  | { kind: "uncheckable" }
  | { kind: "rateLimited"; retryAfter: number };

/** One client at one account. Of a million codes three are right at a time. */
const ACCOUNT_AND_CLIENT: Limit = { name: "second-factor", points: 5, seconds: 300, grows: true };
/**
 * One account from anywhere: NIST SP 800-63B-4 (3.2.2) allows at most 100 failures in a row. A day, because only who
 * knows the password gets this far, and 100 codes an hour would be a chance in a hundred each week.
 */
const ACCOUNT: Limit = { name: "second-factor.account", points: 100, seconds: 24 * 60 * 60 };

/**
 * Of a row of the table `users`, in SQL: there is no second factor. Two conditions, because PostgreSQL joins those by
 * hashing.
 */
export const WITHOUT_FACTOR = Prisma.sql`(
  NOT EXISTS (SELECT FROM "passkeys" WHERE "passkeys"."user_id" = "users"."id")
  AND NOT EXISTS (
    SELECT FROM "totp_factors"
    WHERE "totp_factors"."user_id" = "users"."id" AND "totp_factors"."confirmed_at" IS NOT NULL))`;

/** The opposite, for counting: looked up from the factors, of which there are fewer than users. */
export const WITH_FACTOR = Prisma.sql`"users"."id" IN (
  SELECT "user_id" FROM "passkeys"
  UNION ALL SELECT "user_id" FROM "totp_factors" WHERE "confirmed_at" IS NOT NULL)`;

/** Whether signing in to this account takes more than the password. */
export async function hasSecondFactor(tx: Tx, userId: string): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "users" WHERE "id" = ${userId}::uuid AND NOT ${WITHOUT_FACTOR}`;
  return found.length > 0;
}

/**
 * Takes a code of the authenticator app or a recovery code, each of them once. Counted before it is looked at, by user
 * and client: whoever gets this far already knows the password, and must not be able to lock its owner out. When the
 * codes of an account are guessed from everywhere, only clients that have signed in to it before are still heard.
 *
 * @throws {DatabaseUnavailable}
 */
export async function takeSecondFactor(
  user: { id: string; email: string },
  code: string,
): Promise<TakeSecondFactorOutcome> {
  const client = clientKey(getRequestContext()?.address);
  const guess = await guarded(
    [
      [ACCOUNT_AND_CLIENT, `${user.id}.${client}`],
      [ACCOUNT, user.id],
    ],
    () => transaction((tx) => takeCode(tx, user, code)),
    {
      isRight: ({ kind }) => kind !== "wrong",
      excused: async ({ limit }) => limit === ACCOUNT && isKnownClient({ id: user.id }),
    },
  );
  return guess.kind === "rateLimited" ? guess : guess.result;
}

async function takeCode(
  tx: Tx,
  user: { id: string; email: string },
  code: string,
): Promise<Exclude<TakeSecondFactorOutcome, { kind: "rateLimited" }>> {
  const byApp = await takeTotpCode(tx, user.id, code.replace(/\s/g, ""));
  if (byApp === "taken") return { kind: "taken", recoveryCodesLeft: null };
  if (byApp === "sealed") return { kind: "uncheckable" };
  if (!(await takeRecoveryCode(tx, user.id, code))) return { kind: "wrong" };
  const left = await tx.recoveryCode.count({ where: { userId: user.id, usedAt: null } });
  await record(
    tx,
    { userId: user.id, email: user.email },
    {
      action: "factor.recoveryCodeUsed",
      target: { type: "user", id: user.id, label: user.email },
      details: { left },
    },
  );
  return { kind: "taken", recoveryCodesLeft: left };
}
