import type { Actor } from "@/lib/access/actor";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import type { Tx } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import type { Locale } from "@/lib/platform/messages";
import { randomSecret, sha256 } from "@/lib/platform/secrets/digest";

export type LinkPurpose = "invitation" | "passwordReset";

/** How long a link opens its account: a person has a week to join, and a day to come back. */
const LINK_DAYS: Record<LinkPurpose, number> = { invitation: 7, passwordReset: 1 };

const STORED = { invitation: "INVITATION", passwordReset: "PASSWORD_RESET" } as const;

/** A link that was just made. Its secrets exist nowhere else: the database has only their digests. */
export type FreshLink = {
  id: string;
  /** For whoever made it, to be handed over. */
  link: string;
  /** For the mail alone, so that using it proves the mailbox; null where no mail is configured. */
  mailLink: string | null;
  createdAt: Date;
  expiresAt: Date;
};

type Maker = Pick<Actor, "userId" | "email">;

/** The same as `mintLinks`, for one user. */
export async function mintLink(
  tx: Tx,
  actor: Maker,
  userId: string,
  purpose: LinkPurpose,
  locale: Locale,
): Promise<FreshLink> {
  const [fresh] = (await mintLinks(tx, actor, [userId], purpose, locale)).values();
  if (fresh === undefined) throw new Error("no link was made");
  return fresh;
}

/**
 * Makes the one live link of this purpose that each of these users has; older ones are taken back. The caller has locked
 * the users and decided that `actor` may. Says nothing of it in the audit trail.
 *
 * @param locale of the mails about it
 * @returns the links by the users' ids
 */
export async function mintLinks(
  tx: Tx,
  actor: Maker,
  userIds: readonly string[],
  purpose: LinkPurpose,
  locale: Locale,
): Promise<Map<string, FreshLink>> {
  await revokeLinks(tx, userIds, purpose);
  const withMail = env().mail !== undefined;
  const secrets = userIds.map((userId) => ({
    userId,
    own: randomSecret(),
    mail: withMail ? randomSecret() : null,
  }));
  const rows = await tx.userLink.createManyAndReturn({
    data: secrets.map(({ userId, own, mail }) => ({
      userId,
      purpose: STORED[purpose],
      locale,
      digest: sha256(own),
      mailDigest: mail && sha256(mail),
      createdById: actor.userId,
      createdByLabel: actor.email,
      expiresAt: daysAfter(databaseNow(), LINK_DAYS[purpose]),
    })),
    select: { id: true, userId: true, createdAt: true, expiresAt: true },
  });
  const stored = new Map(rows.map(({ userId, ...row }) => [userId, row]));
  return new Map(
    secrets.flatMap(({ userId, own, mail }) => {
      const row = stored.get(userId);
      return row ? [[userId, { ...row, link: linkTo(own), mailLink: mail && linkTo(mail) }]] : [];
    }),
  );
}

/** The secret is in the fragment, which no browser sends and no access log sees. */
export function linkTo(secret: string): string {
  return `${env().baseUrl}/join#token=${secret}`;
}

/** Takes back the live links of users; returns whether there was one. */
export async function revokeLinks(
  tx: Tx,
  userIds: readonly string[],
  purpose: LinkPurpose,
): Promise<boolean> {
  const { count } = await tx.userLink.updateMany({
    where: {
      userId: { in: [...userIds] },
      purpose: STORED[purpose],
      usedAt: null,
      revokedAt: null,
    },
    data: { revokedAt: databaseNow() },
  });
  return count > 0;
}

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** The digest of what somebody brought: a whole link or only its token; null when it cannot be either. */
export function digestOfToken(brought: string): string | null {
  const token = brought.trim().replace(/^.*#token=/, "");
  return SECRET.test(token) ? sha256(token) : null;
}
