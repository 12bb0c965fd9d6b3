import { z } from "zod";
import type { Prisma } from "@/lib/platform/db";

/**
 * Somebody who was invited and has not joined yet. Its id is the user's: a new link is still the same invitation.
 * Never has the link itself, which is told once to whoever makes it.
 */
export const InvitationView = z.object({
  id: z.guid(),
  email: z.string(),
  name: z.string().nullable(),
  role: z.object({ id: z.guid(), slug: z.string(), name: z.string() }),
  /** "none": no link was made yet. */
  link: z.enum(["live", "expired", "revoked", "none"]),
  /** Of the newest link; null where there is none. */
  invitedBy: z.object({ id: z.guid(), label: z.string() }).nullable(),
  invitedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type InvitationView = z.output<typeof InvitationView>;

/** The columns an invitation is made of. */
export const invitationColumns = {
  id: true,
  email: true,
  name: true,
  createdAt: true,
  role: { select: { id: true, slug: true, name: true } },
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
    },
  },
} satisfies Prisma.UserSelect;

export type InvitationRow = Prisma.UserGetPayload<{ select: typeof invitationColumns }>;

export function toInvitationView({ links, ...row }: InvitationRow): InvitationView {
  const [newest] = links;
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    link: stateOf(newest),
    invitedBy: newest ? { id: newest.createdById, label: newest.createdByLabel } : null,
    invitedAt: newest?.createdAt.toISOString() ?? null,
    expiresAt: newest?.expiresAt.toISOString() ?? null,
  };
}

function stateOf(link: InvitationRow["links"][number] | undefined): InvitationView["link"] {
  if (link === undefined) return "none";
  if (link.revokedAt !== null) return "revoked";
  return link.expiresAt <= new Date() ? "expired" : "live";
}
