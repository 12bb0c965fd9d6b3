import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { query, type Tx, transaction } from "@/lib/platform/db";
import { clientKey } from "@/lib/platform/http/client-key";
import { guarded, type Limit } from "@/lib/platform/limits/rate-limit";
import { lockRows } from "@/lib/platform/lock-rows";
import type { Locale } from "@/lib/platform/messages";
import { getRequestContext } from "@/lib/platform/request-context";
import { hashPassword } from "@/lib/platform/secrets/password";
import { grantSession } from "@/lib/sessions/open-session";
import { targetColumns, toTarget } from "@/lib/users/find-target";
import { judgePassword } from "@/lib/users/judge-password";
import { type Issue, issuesOf, OptionalPersonName, Password } from "@/lib/users/schema";
import { findJoinLink, joinByLink, type OpenJoinLink } from "./join-by-link";
import { findMakers, mayStillMake } from "./link-maker";
import { digestOfToken, type LinkPurpose } from "./user-link";

/** What a link opens, for whoever holds it. */
export type OpenLink = {
  purpose: LinkPurpose;
  email: string;
  name: string | null;
  /** ISO 8601 in UTC. */
  expiresAt: string;
};

export type ReadLinkOutcome =
  | { kind: "open"; link: OpenLink }
  | { kind: "openForMany"; link: OpenJoinLink }
  /** Unknown, used, run out or taken back: deliberately not told apart. */
  | { kind: "dead" }
  | { kind: "rateLimited"; retryAfter: number };

export type AcceptLinkOutcome =
  /** `sessionId`: of the session that comes with it; null where a second factor stands behind the password. */
  | { kind: "accepted"; joined: boolean; sessionId: string | null }
  | { kind: "waiting" }
  | { kind: "dead" }
  | { kind: "rateLimited"; retryAfter: number }
  | { kind: "invalid"; link: OpenLink; issues: Issue[] }
  | { kind: "invalidForMany"; link: OpenJoinLink; issues: Issue[] };

/** One client at any link. A right one is given back, so only guesses count. */
const CLIENT: Limit = { name: "link.client", points: 20, seconds: 300 };

/** What the link is for, without using it. @throws {DatabaseUnavailable} */
export async function readLink(token: string): Promise<ReadLinkOutcome> {
  const client = clientKey(getRequestContext()?.address);
  const find = () =>
    query(async (db): Promise<Extract<ReadLinkOutcome, { link: object }> | null> => {
      const own = await findLive(db, token);
      if (own !== null) return { kind: "open", link: own.link };
      const forMany = await findJoinLink(db, token);
      return forMany && { kind: "openForMany", link: forMany };
    });
  const guess = await guarded([[CLIENT, client]], find, { isRight: (found) => found !== null });
  return guess.kind === "rateLimited" ? guess : (guess.result ?? { kind: "dead" });
}

/**
 * Uses a link: sets the password, lets an invited person in, and opens the session of the browser that brought the link.
 * Exactly one call succeeds for a link, but for one for several people (join-by-link.ts). Ends every session of before and takes back every other link of the user
 * (triggers of the database do).
 *
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function acceptLink(asked: {
  token: string;
  /** Where the link is for several people. */
  email?: unknown;
  /** Of an invitation only. */
  name?: unknown;
  password: unknown;
  /** Of a mail that may follow. */
  locale?: Locale;
}): Promise<AcceptLinkOutcome> {
  const read = await readLink(asked.token);
  if (read.kind === "openForMany") return acceptForMany(read.link, asked);
  if (read.kind !== "open") return read;
  const { link } = read;

  const joins = link.purpose === "invitation" && asked.name !== undefined;
  const name = joins ? OptionalPersonName.safeParse(asked.name) : null;
  const password = Password.safeParse(asked.password);
  const issues: Issue[] = [];
  if (name?.error)
    issues.push(...issuesOf(name.error).map(({ rule }) => ({ field: "name", rule })));
  const person = { email: link.email, name: name?.data ?? link.name };
  if (password.success) issues.push(...(await judgePassword(password.data, person)));
  else issues.push({ field: "password", rule: "required" });
  if (!password.success || issues.length > 0) return { kind: "invalid", link, issues };

  const passwordHash = await hashPassword(password.data);
  return transaction(async (tx): Promise<AcceptLinkOutcome> => {
    const before = await findLive(tx, asked.token, { lock: true });
    if (before === null) return { kind: "dead" };
    const { id, userId, proven } = before;
    await tx.userLink.update({
      where: { id },
      data: { usedAt: databaseNow() },
      select: { id: true },
    });
    const { email } = await tx.user.update({
      where: { id: userId },
      data: {
        passwordHash,
        status: "ACTIVE",
        version: { increment: 1 },
        ...(name && { name: person.name }),
        ...(proven && { emailVerifiedAt: databaseNow() }),
      },
      select: { email: true },
    });
    const joined = link.purpose === "invitation";
    await record(
      tx,
      { userId, email },
      {
        action: joined ? "user.joined" : "user.passwordReset",
        target: { type: "user", id: userId, label: email },
        door: "link",
      },
    );
    return {
      kind: "accepted",
      joined,
      sessionId: await grantSession(tx, { id: userId, email, passwordHash }),
    };
  });
}

async function acceptForMany(
  link: OpenJoinLink,
  { token, email, name, password, locale = "en" }: Parameters<typeof acceptLink>[0],
): Promise<AcceptLinkOutcome> {
  const outcome = await joinByLink(link, { token, email, name, password }, locale);
  switch (outcome.kind) {
    case "joined":
      return { kind: "accepted", joined: true, sessionId: outcome.sessionId };
    case "invalid":
      return { ...outcome, kind: "invalidForMany" };
    default:
      return outcome;
  }
}

const STATUS = { INVITATION: "INVITED", PASSWORD_RESET: "ACTIVE" } as const;

/** The live link behind a token. It lives as long as whoever made it might make it again. */
async function findLive(tx: Tx, token: string, { lock = false } = {}) {
  const digest = digestOfToken(token);
  if (digest === null) return null;
  const by = { OR: [{ digest }, { mailDigest: digest }, { reminderDigest: digest }] };
  if (lock) {
    // The user first, as everybody who makes or takes back a link does.
    const known = await tx.userLink.findFirst({ where: by, select: { userId: true } });
    if (known === null) return null;
    await lockRows(tx, "users", [known.userId]);
  }
  const row = await tx.userLink.findFirst({
    where: { ...by, usedAt: null, revokedAt: null, expiresAt: { gt: databaseNow() } },
    select: {
      id: true,
      purpose: true,
      digest: true,
      expiresAt: true,
      createdById: true,
      user: { select: targetColumns },
    },
  });
  if (row === null || row.user.status !== STATUS[row.purpose]) return null;
  const target = toTarget(row.user);
  const { user } = target;
  const purpose = row.purpose === "INVITATION" ? "invitation" : "passwordReset";
  // Who has forgotten a password has made the link themselves, and needs no right over anybody for it.
  const isOwn = row.createdById === user.id && purpose === "passwordReset";
  const maker = (await findMakers(tx, [row.createdById])).get(row.createdById);
  if (!isOwn && !mayStillMake(maker, purpose, target)) return null;
  return {
    id: row.id,
    userId: user.id,
    /** A mailed secret was brought, which only the mailbox has seen. */
    proven: row.digest !== digest,
    link: {
      purpose,
      email: user.email,
      name: user.name,
      expiresAt: row.expiresAt.toISOString(),
    } satisfies OpenLink,
  };
}
