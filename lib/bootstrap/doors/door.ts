import type { ClaimDoor } from "@/lib/audit/schema";
import { clientKey } from "@/lib/platform/http/client-key";
import {
  type Attempt,
  countUse,
  type Limit,
  secondsBlocked,
} from "@/lib/platform/limits/rate-limit";
import { log } from "@/lib/platform/log";
import { orLater } from "@/lib/platform/or-later";
import { getRequestContext } from "@/lib/platform/request-context";
import { claimSettings } from "../claim-settings";
import { createAnotherAdmin } from "../create-another-admin";
import { createFirstAdmin } from "../create-first-admin";
import { type IdempotentClaim, idempotentClaim } from "../idempotency";
import { isKnownClaimed, needsSetup } from "../installation";
import type { ClaimOutcome, Grants } from "../outcome";
import { replayClaim } from "../replay-claim";
import { countWrongToken, currentTokenDigest, isSetupToken, tokenIn } from "../setup-token";
import { whyTokenNeeded } from "../who-may-claim";
import type { PersonRead } from "./read-person";

/** A way to become first administrator. Doors differ in these data; the walk through them is `enter`. */
export type Door<G extends Grants = Grants> = {
  name: ClaimDoor;
  /** What opens it: the setup token (where one is needed), a configured secret, or being the operator. */
  key:
    | { kind: "setupToken" }
    | { kind: "secret"; fits: (body: unknown) => boolean }
    | { kind: "none" };
  /** Whether configuration keeps the door shut, whatever else holds. */
  isShut?: () => boolean;
  /** Published to create an administrator, not only the first. */
  alsoAfterwards?: boolean;
  grants: G;
  /** Turns what was sent into a person, or says all that is wrong with it. */
  read: (body: unknown) => Promise<PersonRead>;
};

/** What a client brought to the door. */
export type Asked = {
  body: unknown;
  /** The body's exact text, for Idempotency-Key; null where the door has none. */
  text: string | null;
  setupToken: string | null;
  idempotencyKey: string | null;
};

/** Wrong keys of each kind that a client may try before it has to wait. */
const WRONG_KEYS: Record<"setupToken" | "secret", Limit> = {
  setupToken: { name: "claim.setup-token", points: 10, seconds: 60 },
  secret: { name: "claim.secret", points: 10, seconds: 60 },
};

/**
 * Wrong ones from anywhere, of a key that a person has chosen and that is shorter than one that was drawn. A minute
 * only: whoever uses it up keeps the owner waiting.
 */
const CHOSEN_KEY: Limit = { name: "claim.chosen-key", points: 100, seconds: 60 };

/**
 * The one walk through any door: the cheap refusals first, the password last
 * (docs/contracts/every-door.md#order-of-checks).
 * Faults of the database and too much load come back as outcomes, because each door words them itself.
 */
export async function enter<G extends Grants>(
  door: Door<G>,
  asked: Asked,
): Promise<ClaimOutcome<G>> {
  const outcome = await orLater(() => walk(door, asked));
  const request = getRequestContext();
  log().info(
    { door: door.name, outcome: outcome.kind, address: request?.address, requestId: request?.id },
    "claim",
  );
  return outcome;
}

async function walk<G extends Grants>(door: Door<G>, asked: Asked): Promise<ClaimOutcome<G>> {
  if (door.isShut?.()) return { kind: "doorShut" };
  if (asked.idempotencyKey === null || asked.text === null) return claimAt(door, asked, null);

  const claim = idempotentClaim(door.name, asked.idempotencyKey, asked.text);
  if (claim === "invalid") return { kind: "idempotencyKeyInvalid" };
  // A secret that is asked for is asked for again: it may have been changed since.
  const entitled = door.key.kind !== "secret" || door.key.fits(asked.body);
  const repeated = entitled ? await replayClaim(door, claim) : null;
  if (repeated !== null) return repeated;
  const outcome = await claimAt(door, asked, claim);
  // Whoever was first may have been this very request, sent twice at once.
  const late = outcome.kind === "alreadySetUp" || outcome.kind === "emailTaken";
  return (late && (await replayClaim(door, claim))) || outcome;
}

async function claimAt<G extends Grants>(
  door: Door<G>,
  asked: Asked,
  idempotency: IdempotentClaim | null,
): Promise<ClaimOutcome<G>> {
  // Once known, "already" costs no query.
  if (!door.alsoAfterwards && isKnownClaimed()) return { kind: "alreadySetUp" };
  const limits = guessLimits(door);
  for (const limit of limits) {
    const wait = await secondsBlocked(...limit);
    if (wait !== null) return { kind: "rateLimited", retryAfter: wait };
  }
  if (!door.alsoAfterwards && !(await needsSetup())) return { kind: "alreadySetUp" };

  const key = await tryKey(door, asked);
  if (key.kind === "wrong") {
    const waits = await Promise.all(limits.map((limit) => countUse(...limit)));
    const wait = waits.find((seconds) => seconds !== null);
    return wait ? { kind: "rateLimited", retryAfter: wait } : key.outcome;
  }
  if (key.kind === "refused") return key.outcome;

  const read = await door.read(asked.body);
  if (read.kind === "invalid") return read;

  const { name, grants } = door;
  const { tokenDigest } = key;
  const claim = { door: name, admin: read.admin, tokenDigest, grants, idempotency };
  const outcome = await createFirstAdmin(claim);
  return outcome.kind === "alreadySetUp" && door.alsoAfterwards
    ? createAnotherAdmin(claim)
    : outcome;
}

/** The limits on guesses at this door; none when this caller needs no key and so has nothing to guess. */
function guessLimits({ key }: Door): Attempt[] {
  if (key.kind === "none" || (key.kind === "setupToken" && whyTokenNeeded() === null)) return [];
  const client = clientKey(getRequestContext()?.address);
  const minted = key.kind === "setupToken" && claimSettings().setupToken.kind === "minted";
  return [[WRONG_KEYS[key.kind], client], ...(minted ? [] : [[CHOSEN_KEY, key.kind] as const])];
}

type Refusal = Exclude<ClaimOutcome, { kind: "created" }>;

type KeyTried =
  | { kind: "fits"; tokenDigest: string | null }
  | { kind: "refused"; outcome: Refusal }
  | { kind: "wrong"; outcome: Refusal };

async function tryKey(door: Door, asked: Asked): Promise<KeyTried> {
  if (door.key.kind === "none") return { kind: "fits", tokenDigest: null };
  if (door.key.kind === "secret") {
    return door.key.fits(asked.body)
      ? { kind: "fits", tokenDigest: null }
      : { kind: "wrong", outcome: { kind: "doorShut" } };
  }
  const why = whyTokenNeeded();
  if (why === null) return { kind: "fits", tokenDigest: null };
  const given = tokenIn(asked.setupToken ?? "");
  if (given === "") return { kind: "refused", outcome: { kind: "setupTokenMissing", why } };
  const digest = await currentTokenDigest();
  if (digest !== null && isSetupToken(given, digest)) {
    return { kind: "fits", tokenDigest: digest };
  }
  await countWrongToken();
  return { kind: "wrong", outcome: { kind: "setupTokenInvalid" } };
}
