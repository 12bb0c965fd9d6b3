import { randomUUID } from "node:crypto";
import { databaseNow } from "../database-now";
import { committingWith, query, type Tx } from "../db";
import { log } from "../log";
import { sha256 } from "../secrets/digest";
import { seal, unseal } from "../secrets/seal";
import { type ErrorShape, type Reply, retryAfter, withHeaders } from "./endpoint";
import { fingerprints, isIdempotencyKey, keyReused, REMEMBERED_SECONDS } from "./idempotency-key";
import { JSON_MAX_BYTES, readBody } from "./read-json";

/** How long a key is kept for a request that may have died with its process, in seconds. */
const RESERVED_SECONDS = 60;
/** What a client that comes while the first request runs is told to wait, in seconds. */
const IN_PROGRESS_RETRY_AFTER = 1;

/** Who asks. A token with bounds is not the person: it gets none of the person's replies. */
type Asker = { readonly userId: string; readonly limits: unknown };

type Handle<Actor, Context> = (actor: Actor, request: Request, context: Context) => Promise<Reply>;

/** The row of a key, and what proves that it is still ours. */
type Reservation = { digest: string; holder: string };

/** Ends every transaction of a rehearsal, so that nothing of it stays. */
class Rehearsed extends Error {
  override name = "Rehearsed";
}

/** Another request holds the key by now: this one was too slow, and none of its changes may stay. */
class Superseded extends Error {
  override name = "Superseded";
}

/**
 * A creation that may be sent again (Idempotency-Key): the same key from the same actor has one effect, and for
 * 24 hours the same reply. At most once, also when the process is killed in between: the effect and the mark that
 * it happened are committed together. Without the header, `handle` as it is. See docs/decisions/0018.
 *
 * - 400 IDEMPOTENCY_KEY_INVALID, 413 for a body over `maxBytes`
 * - 409 IDEMPOTENCY_KEY_IN_PROGRESS: the first is still running; nothing was done, try again
 * - 409 IDEMPOTENCY_REPLY_LOST: it was done, but its reply died with the process; look before using a new key
 * - 422 IDEMPOTENCY_KEY_REUSED: the key came with another body or for another address
 *
 * Only success is remembered. A refusal or a fault leaves the key free. Who may not do it any more does not get the
 * reply either, which may hold a secret: they hear what they would hear without a key.
 */
export function idempotent<Actor extends Asker, Context>(
  shape: ErrorShape,
  handle: Handle<Actor, Context>,
  { maxBytes = JSON_MAX_BYTES }: { maxBytes?: number } = {},
): Handle<Actor, Context> {
  return async (actor, request, context) => {
    const key = request.headers.get("idempotency-key");
    if (key === null) return handle(actor, request, context);
    if (!isIdempotencyKey(key)) return shape("IDEMPOTENCY_KEY_INVALID");
    const body = await readBody(request, shape, maxBytes);
    if (body.kind === "refused") return body.reply;

    const { pathname, search } = new URL(request.url);
    const prints = fingerprints(`${request.method} ${pathname}${search}\n${sha256(body.bytes)}`);
    const digest = sha256(`${actor.userId}\n${JSON.stringify(actor.limits)}\n${key}`);
    const reservation = await reserve(digest, prints[0]);
    const { method, headers, url } = request;
    const again = new Request(url, { method, headers, body: body.bytes });
    const work = () => handle(actor, again, context);
    if (reservation === null) return replay(shape, key, digest, prints, work);
    return settle(shape, key, reservation, work);
  };
}

/** Runs the request that holds the key, and remembers its success. */
async function settle(
  shape: ErrorShape,
  key: string,
  reservation: Reservation,
  work: () => Promise<Reply>,
): Promise<Reply> {
  let reply: Reply;
  try {
    reply = await committingWith((tx) => markDone(tx, reservation), work);
  } catch (error) {
    await release(reservation, { unlessDone: true });
    if (error instanceof Superseded) return inProgress(shape);
    throw error;
  }
  if (reply.status < 300) await remember(key, reservation, reply);
  else await release(reservation, { unlessDone: reply.status >= 500 });
  return reply;
}

/** Takes the key, if nobody has it. Null when somebody does. */
async function reserve(digest: string, print: string): Promise<Reservation | null> {
  const holder = randomUUID();
  const taken = await query(
    (db) => db.$queryRaw<unknown[]>`
      INSERT INTO "idempotent_replies" ("digest", "request_mac", "holder", "expires_at")
      VALUES (${digest}, ${print}, ${holder}::uuid, now() + make_interval(secs => ${RESERVED_SECONDS}))
      ON CONFLICT ("digest") DO UPDATE SET
        "request_mac" = EXCLUDED."request_mac", "holder" = EXCLUDED."holder", "done" = false,
        "reply" = NULL, "created_at" = now(), "expires_at" = EXCLUDED."expires_at"
      WHERE "idempotent_replies"."expires_at" <= now()
      RETURNING "digest"`,
  );
  return taken.length === 0 ? null : { digest, holder };
}

/**
 * Part of every transaction that the request makes: it happened, or it did not and neither did its effect.
 *
 * @throws {Superseded} when the key was given to somebody else meanwhile
 */
async function markDone(tx: Tx, { digest, holder }: Reservation): Promise<void> {
  const held = await tx.$executeRaw`
    UPDATE "idempotent_replies"
    SET "done" = true, "expires_at" = now() + make_interval(secs => ${REMEMBERED_SECONDS})
    WHERE "digest" = ${digest} AND "holder" = ${holder}::uuid`;
  if (held === 0) throw new Superseded();
}

/** Frees the key; with `unlessDone`, only if the request has changed nothing. */
async function release(
  { digest, holder }: Reservation,
  { unlessDone }: { unlessDone: boolean },
): Promise<void> {
  const where = { digest, holder, ...(unlessDone && { done: false }) };
  // With the database away it frees itself, later.
  await query((db) => db.idempotentReply.deleteMany({ where })).catch(warn);
}

/** Keeps the reply for 24 hours, sealed, and forgets those of yesterday. */
async function remember(key: string, { digest, holder }: Reservation, reply: Reply): Promise<void> {
  const sealed = seal(replyPurpose(key), JSON.stringify(reply), digest);
  // What was done is done: its reply goes out, even if nobody can have it a second time.
  await query(async (db) => {
    await db.$executeRaw`
      UPDATE "idempotent_replies" SET "done" = true, "reply" = ${sealed},
        "expires_at" = now() + make_interval(secs => ${REMEMBERED_SECONDS})
      WHERE "digest" = ${digest} AND "holder" = ${holder}::uuid`;
    // Skipping what others hold, so that two sweeps cannot wait for each other.
    await db.$executeRaw`
      DELETE FROM "idempotent_replies" WHERE "digest" IN (
        SELECT "digest" FROM "idempotent_replies" WHERE "expires_at" <= now()
        LIMIT 100 FOR UPDATE SKIP LOCKED)`;
  }).catch(warn);
}

function warn(error: unknown): void {
  log().warn({ err: error }, "idempotent reply");
}

/** What one reply is sealed for: half of the key is the server's, half of it only the client has. */
const replyPurpose = (key: string) => `idempotent reply ${key}`;

/** What a request hears whose key is taken. */
async function replay(
  shape: ErrorShape,
  key: string,
  digest: string,
  prints: readonly string[],
  work: () => Promise<Reply>,
): Promise<Reply> {
  const known = await query((db) => db.idempotentReply.findUnique({ where: { digest } }));
  if (known === null) return inProgress(shape); // freed a moment ago
  if (!prints.includes(known.requestMac)) {
    return keyReused(shape, "another body or to another address");
  }
  const sealed = known.reply;
  if (sealed === null) {
    const running = databaseNow().getTime() - known.createdAt.getTime() < RESERVED_SECONDS * 1000;
    return !known.done || running ? inProgress(shape) : shape("IDEMPOTENCY_REPLY_LOST");
  }
  const text = unseal(replyPurpose(key), sealed, digest);
  if (text === null) return shape("IDEMPOTENCY_REPLY_LOST"); // the secret it was sealed with is gone
  const refusal = await rehearse(work);
  if (refusal !== null) return refusal;
  const reply = JSON.parse(text) as Reply;
  return withHeaders(reply, { "Idempotent-Replayed": "true" });
}

/**
 * Does it again without leaving anything, to learn whether it would be allowed now: the role may have changed since,
 * or who asks may have to prove first who they are. That it cannot be done twice is no refusal.
 */
async function rehearse(work: () => Promise<Reply>): Promise<Reply | null> {
  const undone = () => Promise.reject(new Rehearsed());
  try {
    const reply = await committingWith(undone, work);
    return [401, 403, 404, 429].includes(reply.status) || reply.status >= 500 ? reply : null;
  } catch (error) {
    if (error instanceof Rehearsed) return null;
    throw error;
  }
}

function inProgress(shape: ErrorShape): Reply {
  return retryAfter(shape("IDEMPOTENCY_KEY_IN_PROGRESS"), IN_PROGRESS_RETRY_AFTER);
}
