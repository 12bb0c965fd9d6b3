import { z } from "zod";
import { databaseNow } from "@/lib/platform/database-now";
import type { Prisma, Tx } from "@/lib/platform/db";
import { targetColumns, toTarget } from "@/lib/users/find-target";
import { findMakers, type Maker, mayStillMake } from "./link-maker";

/**
 * Somebody who was invited and has not joined yet. Its id is the user's: a new link is still the same invitation.
 * Never has the link itself, which is told once to whoever makes it.
 */
export const InvitationView = z.object({
  id: z.guid(),
  email: z.string(),
  name: z.string().nullable(),
  role: z.object({ id: z.guid(), slug: z.string(), name: z.string() }),
  /** "revoked": or its maker might not make it any more. "none": no link was made yet. */
  link: z.enum(["live", "expired", "revoked", "none"]),
  /** Of the newest link; null where there is none. */
  invitedBy: z.object({ id: z.guid(), label: z.string() }).nullable(),
  invitedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  /** When its mail was followed by a reminder; null when it was not. */
  remindedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type InvitationView = z.output<typeof InvitationView>;

/** The columns an invitation is made of. */
export const invitationColumns = {
  ...targetColumns,
  links: {
    where: { purpose: "INVITATION" },
    orderBy: { createdAt: "desc" },
    take: 1,
    select: {
      createdById: true,
      createdByLabel: true,
      createdAt: true,
      expiresAt: true,
      revokedAt: true,
      remindedAt: true,
      reminderDigest: true,
    },
  },
} satisfies Prisma.UserSelect;

type InvitationRow = Prisma.UserGetPayload<{ select: typeof invitationColumns }>;

/** One page of invitations, each with what its newest link is worth now. */
export async function toInvitationViews(
  tx: Tx,
  rows: readonly InvitationRow[],
): Promise<InvitationView[]> {
  const makerIds = rows.flatMap(({ links }) => links.map(({ createdById }) => createdById));
  const makers = await findMakers(tx, makerIds);
  return rows.map((row) => toInvitationView(row, makers));
}

function toInvitationView(
  { links, ...row }: InvitationRow,
  makers: Map<string, Maker>,
): InvitationView {
  const target = toTarget(row);
  const [newest] = links;
  const state = (): InvitationView["link"] => {
    if (newest === undefined) return "none";
    if (newest.revokedAt !== null) return "revoked";
    if (newest.expiresAt <= databaseNow()) return "expired";
    const maker = makers.get(newest.createdById);
    return mayStillMake(maker, "invitation", target) ? "live" : "revoked";
  };
  const { id, email, name, role, createdAt } = target.user;
  return {
    id,
    email,
    name,
    role,
    link: state(),
    invitedBy: newest ? { id: newest.createdById, label: newest.createdByLabel } : null,
    invitedAt: newest?.createdAt.toISOString() ?? null,
    expiresAt: newest?.expiresAt.toISOString() ?? null,
    remindedAt: (newest?.reminderDigest && newest.remindedAt?.toISOString()) ?? null,
    createdAt,
  };
}

/** The invitation of one user. */
export async function findInvitation(tx: Tx, id: string): Promise<InvitationView> {
  const row = await tx.user.findUniqueOrThrow({ where: { id }, select: invitationColumns });
  const makerIds = row.links.map(({ createdById }) => createdById);
  return toInvitationView(row, await findMakers(tx, makerIds));
}
