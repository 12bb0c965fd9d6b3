import { availableParallelism } from "node:os";
import PQueue from "p-queue";
import { env } from "../env";
import { processWide } from "../process-wide";

/** Too many passwords wait to be hashed; the caller answers 503 with `Retry-After: retryAfter` (seconds). */
export class Overloaded extends Error {
  override name = "Overloaded";
  readonly retryAfter = 2;
}

/** OWASP Password Storage Cheat Sheet: argon2id with m = 19 MiB, t = 2, p = 1. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * Hashing is the one thing here that costs a core for tens of milliseconds. As many run at once as there are
 * cores, whoever asks; the rest wait in line, and the line is bounded by what its caller can bear.
 */
function queue(): PQueue {
  return processWide("hash-queue", () => new PQueue({ concurrency: availableParallelism() }));
}

/** Someone at a keyboard waits a second at most; a loser of the claim waits longer to hear "already". */
const SIGN_IN_LINE = 32;
const CLAIM_LINE = 1_024;

async function inLine<T>(line: number, work: () => Promise<T>): Promise<T> {
  if (queue().size >= line) throw new Overloaded("too many passwords wait to be hashed");
  lastHash().at = performance.now();
  return queue().add(work);
}

const lastHash = () => processWide("last-hash", () => ({ at: Number.NEGATIVE_INFINITY }));

/** Whether somebody came to this process with a password within the last second: work that can wait leaves them room. */
export function isSomebodySigningIn(): boolean {
  return performance.now() - lastHash().at < 1_000;
}

/**
 * Does what leads to a comparison, and the comparison, with a place in the line kept for it: of five hundred who come
 * at once, those that the line has no room for are told so before they cost a query.
 *
 * @throws {Overloaded} when SIGN_IN_LINE others have a place
 */
export async function withPlaceInLine<T>(work: () => Promise<T>): Promise<T> {
  const places = processWide("places-in-line", () => ({ taken: 0 }));
  if (places.taken >= SIGN_IN_LINE) throw new Overloaded("too many people are signing in");
  places.taken++;
  try {
    return await work();
  } finally {
    places.taken--;
  }
}

/** Loaded by the first who needs it, as a start does not, and asked for once: `import` itself costs in every sign-in. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}

const argon2 = once(() => import("@node-rs/argon2"));
const bcrypt = once(async () => (await import("bcrypt")).default);

const hash = async (password: string): Promise<string> =>
  env().passwordHash === "argon2id"
    ? (await argon2()).hash(password, ARGON2ID)
    : (await bcrypt()).hash(password, env().bcryptCost);

/**
 * Hashes a new password with the configured algorithm.
 *
 * @throws {Overloaded} when more than SIGN_IN_LINE passwords already wait
 */
export async function hashPassword(password: string): Promise<string> {
  return inLine(SIGN_IN_LINE, () => hash(password));
}

/**
 * The same for a claim, which waits longer. `skip` is asked when its turn comes: a claim that was lost while waiting is
 * not worth a hash, and null is returned.
 *
 * @throws {Overloaded} when more than CLAIM_LINE passwords already wait
 */
export async function hashForClaim(password: string, skip: () => boolean): Promise<string | null> {
  return inLine(CLAIM_LINE, async () => (skip() ? null : hash(password)));
}

/**
 * Whether `password` is the one behind `hash` (bcrypt or argon2id, told by its prefix). Without a hash a decoy
 * of the configured kind is compared, so that an unknown account takes as long as a known one (CWE-208).
 *
 * @throws {Overloaded} when more than SIGN_IN_LINE passwords already wait
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const against = hash ?? (await decoy());
  // bcrypt would compare only the first 72 bytes, or up to a NUL: such a password was never accepted.
  const comparable = Buffer.byteLength(password) <= 72 && !password.includes("\0");
  const matches = await inLine(SIGN_IN_LINE, async () =>
    against.startsWith("$argon2id$")
      ? (await argon2()).verify(against, password)
      : (await bcrypt()).compare(password, against),
  );
  return hash !== null && comparable && matches;
}

/** The hash of a password nobody has, at the configured cost; made once. */
function decoy(): Promise<string> {
  return processWide("decoy", () => hash("a password nobody has"));
}

/** Whether a hash is of another algorithm, or of other costs, than new ones are made with. */
export function isOutdatedHash(hash: string): boolean {
  const { passwordHash, bcryptCost } = env();
  const { memoryCost, timeCost, parallelism } = ARGON2ID;
  return passwordHash === "argon2id"
    ? !hash.startsWith(`$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`)
    : !new RegExp(`^\\$2[aby]\\$${bcryptCost}\\$`).test(hash);
}

/** A hash that verifyPassword can read: bcrypt in modular crypt format, or argon2id in PHC format. */
export function isPasswordHash(value: string): boolean {
  return (
    /^\$2[aby]\$(0[4-9]|1\d|2\d|3[01])\$[./A-Za-z0-9]{53}$/.test(value) ||
    /^\$argon2id\$v=19\$m=\d{1,7},t=\d{1,3},p=\d{1,3}\$[A-Za-z0-9+/]{11,}\$[A-Za-z0-9+/]{22,}$/.test(
      value,
    )
  );
}

/** Whether the password stands on the list of the most used ones, in any case (NIST SP 800-63B 5.1.1.2). */
export async function isCommonPassword(password: string): Promise<boolean> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  const common = processWide("common-passwords", () => new Set(dictionary["passwords-common"]));
  return common.has(password.toLowerCase());
}
