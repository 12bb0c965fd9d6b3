import type { Actor } from "@/lib/access/actor";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import type { Tx } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
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

/**
 * Makes the one live link of this purpose that a user has; an older one is taken back. The caller has locked the
 * user and decided that `actor` may. Says nothing of it in the audit trail.
 */
export async function mintLink(
  tx: Tx,
  actor: Pick<Actor, "userId" | "email">,
  userId: string,
  purpose: LinkPurpose,
): Promise<FreshLink> {
  await revokeLinks(tx, userId, purpose);
  const secret = randomSecret();
  const mailSecret = env().mail === undefined ? null : randomSecret();
  const row = await tx.userLink.create({
    data: {
      userId,
      purpose: STORED[purpose],
      digest: sha256(secret),
      mailDigest: mailSecret && sha256(mailSecret),
      createdById: actor.userId,
      createdByLabel: actor.email,
      expiresAt: daysAfter(databaseNow(), LINK_DAYS[purpose]),
    },
    select: { id: true, createdAt: true, expiresAt: true },
  });
  return { ...row, link: linkTo(secret), mailLink: mailSecret && linkTo(mailSecret) };
}

/** The secret is in the fragment, which no browser sends and no access log sees. */
function linkTo(secret: string): string {
  return `${env().baseUrl}/join#token=${secret}`;
}

/** Takes back the live link of a user, if there is one; returns whether there was. */
export async function revokeLinks(tx: Tx, userId: string, purpose: LinkPurpose): Promise<boolean> {
  const { count } = await tx.userLink.updateMany({
    where: { userId, purpose: STORED[purpose], usedAt: null, revokedAt: null },
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
