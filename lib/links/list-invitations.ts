import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { Instant } from "@/lib/platform/bounds";
import { type Prisma, query } from "@/lib/platform/db";
import { decodeCursor, encodeCursor, PageLimit } from "@/lib/platform/page";
import { userScope } from "@/lib/users/list/user-scope";
import { type Issue, issuesOf } from "@/lib/users/schema";
import { type InvitationView, invitationColumns, toInvitationViews } from "./invitation-view";

export type ListInvitationsOutcome =
  | { kind: "listed"; invitations: InvitationView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | { kind: "invalid"; issues: Issue[] };

export const InvitationQuery = z.object({
  limit: PageLimit,
  cursor: z.string().max(1_000).optional(),
});

const Cursor = z.object({ at: Instant, id: z.guid() });

/** Everybody who was invited and has not joined yet, newest first. @throws {DatabaseUnavailable} */
export async function listInvitations(
  actor: Actor,
  input: unknown,
): Promise<ListInvitationsOutcome> {
  if (!may(actor, "read", "User")) return { kind: "forbidden" };
  const parsed = InvitationQuery.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: issuesOf(parsed.error) };
  const { limit, cursor } = parsed.data;
  const after = cursor === undefined ? undefined : decodeCursor(Cursor, cursor);
  if (after === null) return { kind: "invalid", issues: [{ field: "cursor", rule: "invalid" }] };

  const past: Prisma.UserWhereInput = after
    ? { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] }
    : {};
  const { rows, invitations } = await query(async (db) => {
    const rows = await db.user.findMany({
      where: { AND: [userScope(actor, "read"), { status: "INVITED" }, past] },
      select: invitationColumns,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit + 1,
    });
    return { rows, invitations: await toInvitationViews(db, rows.slice(0, limit)) };
  });
  const last = invitations.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    kind: "listed",
    invitations,
    nextCursor: more ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
  };
}
