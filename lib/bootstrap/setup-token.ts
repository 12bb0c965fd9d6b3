import { link, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { clientKey } from "@/lib/platform/client-key";
import { query, type Tx, transaction } from "@/lib/platform/db";
import { equalInConstantTime, randomSecret, sha256 } from "@/lib/platform/digest";
import { env } from "@/lib/platform/env";
import { getRequestContext } from "@/lib/platform/request-context";

/** Where the plain token is kept for the operator: one line, mode 0600. */
export function setupTokenFile(): string {
  return path.join(env().dataDir, "setup-token");
}

/** The link that carries the token in its fragment, which no browser sends and no access log sees. */
export function setupLink(token: string): string {
  return `${env().baseUrl}/setup#token=${encodeURIComponent(token)}`;
}

/**
 * Whether the request being served must bring the setup token (contract: "Who may claim"). Only a direct
 * loopback request goes without, and not even that when SETUP_TOKEN=required.
 */
export function setupTokenNeeded(): boolean {
  const { setupToken } = env();
  if (setupToken.kind === "minted" && setupToken.onLoopbackToo) return true;
  return getRequestContext()?.directLoopback !== true;
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

/** Writes the token so that it is either whole or absent; with `replace` false an existing file wins. */
async function writeTokenFile(token: string, replace: boolean): Promise<void> {
  const file = setupTokenFile();
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  const handle = await open(draft, "w", 0o600);
  await handle.writeFile(`${token}\n`);
  await handle.sync();
  await handle.close();
  if (replace) return rename(draft, file);
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(draft, { force: true });
}

/** Removes the token's file; it opens nothing any more. */
export async function removeTokenFile(): Promise<void> {
  await rm(setupTokenFile(), { force: true });
}

/**
 * Makes sure an open installation has a token, at every start: the operator's, else the one kept from an
 * earlier start, else a new one. Of several replicas that start together one stores its token.
 *
 * @returns the token, or null when another replica minted it and only its data folder has the text
 */
export async function ensureSetupToken(): Promise<string | null> {
  const { setupToken } = env();
  if (setupToken.kind === "given") {
    const { value } = setupToken;
    await query((db) => storeDigest(db, value));
    return value;
  }
  if ((await readTokenFile()) === null) await writeTokenFile(randomSecret(), false);
  const token = await readTokenFile();
  if (token === null) throw new Error(`The setup token cannot be read from ${setupTokenFile()}.`);
  await query((db) =>
    db.setupToken.createMany({ data: { id: 1, digest: sha256(token) }, skipDuplicates: true }),
  );
  if (isSetupToken(token, await currentTokenDigest())) return token;
  await removeTokenFile(); // another replica was first; a token that opens nothing would mislead
  return null;
}

/**
 * Gives an installation that is being opened again its token: the operator's, else a new one. Part of that
 * transaction; `keep` afterwards puts a new one where the operator finds it.
 */
export async function issueSetupToken(
  tx: Tx,
): Promise<{ token: string; keep: () => Promise<void> }> {
  const { setupToken } = env();
  const given = setupToken.kind === "given";
  const token = given ? setupToken.value : randomSecret();
  await storeDigest(tx, token);
  return { token, keep: async () => (given ? undefined : writeTokenFile(token, true)) };
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
  const token = randomSecret();
  const open = await transaction(async (tx) => {
    const claimed = await tx.installation.findUnique({ where: { id: 1 }, select: { id: true } });
    if (claimed === null) await storeDigest(tx, token);
    return claimed === null;
  });
  if (open) await writeTokenFile(token, true);
  return open ? token : null;
}
