import { randomInt } from "node:crypto";
import { databaseNow } from "@/lib/platform/database-now";
import type { Tx } from "@/lib/platform/db";
import { sha256 } from "@/lib/platform/secrets/digest";

/** How many a person is given at once. */
const RECOVERY_CODES = 10;
/** Crockford's alphabet: no letter that is taken for a digit. 12 of them are 60 bits. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

const letters = (count: number) =>
  Array.from({ length: count }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");

/** As people type it: any case, with or without the dashes, O for 0 and I or L for 1. */
function canonical(code: string): string {
  return code
    .toLowerCase()
    .replace(/[^0-9a-z]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
}

const digestOf = (userId: string, code: string) => sha256(`${userId}\n${canonical(code)}`);

/** Gives a user ten new recovery codes, `xxxx-xxxx-xxxx`; the old ones open nothing any more. Shown once. */
export async function mintRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () =>
    [letters(4), letters(4), letters(4)].join("-"),
  );
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ userId, digest: digestOf(userId, code) })),
  });
  return codes;
}

/** Uses a recovery code up. False for a wrong one and for one that was used, also by somebody at the same moment. */
export async function takeRecoveryCode(tx: Tx, userId: string, code: string): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { userId, digest: digestOf(userId, code), usedAt: null },
    data: { usedAt: databaseNow() },
  });
  return count === 1;
}
