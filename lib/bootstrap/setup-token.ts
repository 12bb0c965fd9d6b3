import { access, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { ask } from "@/lib/platform/ask";
import { Prisma, query, type Tx, transaction } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { EnvError } from "@/lib/platform/env/setting";
import { clientKey } from "@/lib/platform/http/client-key";
import { getRequestContext } from "@/lib/platform/request-context";
import { equalInConstantTime, randomSecret, sha256 } from "@/lib/platform/secrets/digest";
import { claimSettings } from "./claim-settings";
import { isOpen, lockClaim } from "./installation";

/** Where the plain token is kept for the operator: one line, mode 0600. */
export function setupTokenFile(): string {
  return path.join(env().dataDir, "setup-token");
}

/** The link that carries the token in its fragment, which no browser sends and no access log sees. */
export function setupLink(token: string): string {
  return `${env().baseUrl}/setup#token=${encodeURIComponent(token)}`;
}

/** How setupLink ends, whatever stands around it where it was copied. */
const PASTED_LINK = /#token=([^&\s"'<>]+)/;

/** The token in what somebody sent as one: people paste the whole link (setupLink) as well. */
export function tokenIn(sent: string): string {
  const [, inLink] = PASTED_LINK.exec(sent) ?? [];
  if (inLink === undefined) return sent.trim();
  try {
    return decodeURIComponent(inLink);
  } catch {
    return inLink;
  }
}

/** The SHA-256 of the token that opens this installation now, or null when there is none. */
export async function currentTokenDigest(): Promise<string | null> {
  const row = await query((db) =>
    db.setupToken.findUnique({ where: { id: 1 }, select: { digest: true } }),
  );
  return row?.digest ?? null;
}

/** Compares without telling by its time how close a guess was. */
export function isSetupToken(given: string, digest: string | null): boolean {
  const matches = equalInConstantTime(sha256(given), digest ?? "");
  return digest !== null && matches;
}

/** Addresses kept apart in the count of wrong tokens; beyond it they are counted together. */
const ADDRESSES_KEPT = 500;

/** Counts a wrong token for the owner to see after the claim. @throws {DatabaseUnavailable} */
export async function countWrongToken(): Promise<void> {
  const address = clientKey(getRequestContext()?.address);
  await query(
    (db) => db.$executeRaw`
      INSERT INTO "setup_attempts" ("address", "count", "last_at")
      SELECT CASE WHEN count(*) < ${ADDRESSES_KEPT} THEN ${address} ELSE 'elsewhere' END, 1, now()
      FROM "setup_attempts"
      ON CONFLICT ("address") DO UPDATE
        SET "count" = "setup_attempts"."count" + 1, "last_at" = now()`,
  );
}

/** The wrong tokens so far, with the most insistent addresses first; forgets them. Part of the claim. */
export async function takeWrongTokens(tx: Tx): Promise<{ count: number; addresses: string[] }> {
  const attempts = await tx.setupAttempt.findMany({ orderBy: { count: "desc" } });
  await tx.setupAttempt.deleteMany();
  return {
    count: attempts.reduce((sum, attempt) => sum + attempt.count, 0),
    addresses: attempts.slice(0, 20).map((attempt) => attempt.address),
  };
}

async function readTokenFile(): Promise<string | null> {
  try {
    return (await readFile(setupTokenFile(), "utf8")).trim() || null;
  } catch {
    return null; // none yet, or not ours to read: then it cannot be printed either
  }
}

/** Writes the token so that it is either whole or absent. @throws {EnvError} when the folder cannot be written */
async function writeTokenFile(token: string): Promise<void> {
  const file = setupTokenFile();
  const draft = `${file}.${process.pid}`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(draft, "w", 0o600);
    await handle.writeFile(`${token}\n`);
    await handle.sync();
    await handle.close();
    await rename(draft, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const fix = `${path.dirname(file)} cannot be written (${code}); make it a folder of yours, or set another`;
    throw new EnvError([{ name: "DATA_DIR", fix }]);
  }
}

/** Removes the token's file, unless setup has been opened again meanwhile and it holds the token of now. */
export async function removeSpentTokenFile(): Promise<void> {
  const kept = await readTokenFile();
  if (kept !== null && isSetupToken(kept, await currentTokenDigest())) return;
  await rm(setupTokenFile(), { force: true }).catch(() => {}); // a read-only folder is no failure
}

type SettledToken =
  | { kind: "claimed" }
  /** `token`: null when another replica minted it and only its data folder has the text. */
  | { kind: "open"; token: string | null };

/** Whether nothing is left to settle, as almost every start finds it: a claim, no token and no file. */
async function isSpent(): Promise<boolean> {
  const kept = await access(setupTokenFile()).then(
    () => true,
    () => false,
  );
  if (kept) return false;
  const [spent] = await ask(
    Prisma.sql`
      SELECT EXISTS (SELECT FROM "installation") AND NOT EXISTS (SELECT FROM "setup_token") AS "spent"`,
    (row) => (row as { spent: boolean }).spent,
  );
  return spent === true;
}

/**
 * Makes sure an open installation has a token and a claimed one has none, at every start: the operator's, else the one
 * kept from an earlier start, else a new one. Claims and other replicas wait meanwhile, so that of several that start
 * together one stores its token, and none is stored behind the back of a claim.
 *
 * @throws {DatabaseUnavailable}
 */
export async function settleSetupToken(): Promise<SettledToken> {
  const { setupToken } = claimSettings();
  if (await isSpent()) return { kind: "claimed" };
  return transaction(async (tx) => {
    await lockClaim(tx);
    const stored = await tx.setupToken.findUnique({ where: { id: 1 }, select: { digest: true } });
    if (!(await isOpen(tx))) {
      if (stored !== null) await tx.setupToken.deleteMany();
      await rm(setupTokenFile(), { force: true }).catch(() => {}); // a read-only folder is no failure
      return { kind: "claimed" };
    }
    if (setupToken.kind === "given") {
      await storeDigest(tx, setupToken.value);
      return { kind: "open", token: setupToken.value };
    }
    const kept = await readTokenFile();
    if (stored !== null) {
      if (kept !== null && isSetupToken(kept, stored.digest)) return { kind: "open", token: kept };
      // A token that opens nothing would mislead.
      await rm(setupTokenFile(), { force: true }).catch(() => {});
      return { kind: "open", token: null };
    }
    // The file first: a token that the database knows and nobody can read would help nobody.
    const token = kept ?? randomSecret();
    if (kept === null) await writeTokenFile(token);
    await storeDigest(tx, token);
    return { kind: "open", token };
  });
}

/**
 * Gives an installation that is being opened again its token: the operator's, else a new one, put where the operator
 * finds it. The last step of that transaction.
 */
export async function issueSetupToken(tx: Tx): Promise<string> {
  const { setupToken } = claimSettings();
  const token = setupToken.kind === "given" ? setupToken.value : randomSecret();
  await storeDigest(tx, token);
  if (setupToken.kind !== "given") await writeTokenFile(token);
  return token;
}

async function storeDigest(tx: Tx, token: string): Promise<void> {
  const digest = sha256(token);
  await tx.setupToken.upsert({ where: { id: 1 }, create: { id: 1, digest }, update: { digest } });
}

/**
 * Replaces the token of an open installation with a new one, for an operator who lost the old.
 *
 * @returns the token, or null when the installation is claimed
 */
export async function mintSetupToken(): Promise<string | null> {
  return transaction(async (tx) => {
    await lockClaim(tx);
    if (!(await isOpen(tx))) return null;
    const token = randomSecret();
    await storeDigest(tx, token);
    await writeTokenFile(token);
    return token;
  });
}
