import { z } from "zod";
import { may, mayGovern } from "@/lib/access/policy";
import type { Policy } from "@/lib/access/schema";
import { databaseNow } from "@/lib/platform/database-now";
import type { Prisma } from "@/lib/platform/db";
import { readPolicies } from "@/lib/roles/read-policies";
import type { Maker } from "./link-maker";

/** A link by which several people join, as whoever may make such a link sees it. Never has the link itself. */
export const JoinLinkView = z
  .object({
    id: z.guid(),
    name: z.string(),
    role: z.object({ id: z.guid(), slug: z.string(), name: z.string() }),
    domain: z.string().nullable().meta({ description: "Of the addresses it is for; null: any." }),
    approval: z.boolean().meta({ description: "Whether somebody lets in each who comes by it." }),
    maxUses: z.int(),
    uses: z.int().meta({ description: "Places taken, by who joined and by who waits." }),
    state: z.enum(["live", "usedUp", "expired", "revoked"]),
    createdBy: z.object({ id: z.guid(), label: z.string() }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: "JoinLink" });
export type JoinLinkView = z.output<typeof JoinLinkView>;

export const joinLinkColumns = {
  id: true,
  name: true,
  role: { select: { id: true, slug: true, name: true, policies: true } },
  domain: true,
  approval: true,
  maxUses: true,
  uses: true,
  createdById: true,
  createdByLabel: true,
  createdAt: true,
  expiresAt: true,
  revokedAt: true,
} satisfies Prisma.JoinLinkSelect;

export type JoinLinkRow = Prisma.JoinLinkGetPayload<{ select: typeof joinLinkColumns }>;

function stateOf({ revokedAt, expiresAt, uses, maxUses }: JoinLinkRow): JoinLinkView["state"] {
  if (revokedAt !== null) return "revoked";
  if (expiresAt <= databaseNow()) return "expired";
  return uses >= maxUses ? "usedUp" : "live";
}

export function toJoinLinkView(row: JoinLinkRow): JoinLinkView {
  const { id, name, role, domain, approval, maxUses, uses, createdAt, expiresAt } = row;
  return {
    ...{ id, name, domain, approval, maxUses, uses },
    role: { id: role.id, slug: role.slug, name: role.name },
    state: stateOf(row),
    createdBy: { id: row.createdById, label: row.createdByLabel },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

/**
 * Whether somebody may let people in with this role: who makes such a link, who manages it, and when it is used whoever
 * made it.
 *
 * @param person what is known of who comes
 */
export function mayLetIn(
  actor: Pick<Maker, "role"> & { limits: readonly Policy[] | null },
  role: { slug: string; policies: unknown },
  person: { email?: string } = {},
): boolean {
  const user = { ...person, status: "active", role: { slug: role.slug } };
  return may(actor, "create", "User", user) && mayGovern(actor, readPolicies(role));
}
