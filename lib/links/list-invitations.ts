import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { type InvalidQuery, latestFirst, pageFields, readPage } from "@/lib/platform/keyset-page";
import { scopeOf } from "@/lib/rows/scope-of";
import { type InvitationView, invitationColumns, toInvitationViews } from "./invitation-view";

type ListInvitationsOutcome =
  | { kind: "listed"; invitations: InvitationView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | InvalidQuery;

export const InvitationQuery = z.object(pageFields(1_000));

const order = latestFirst("createdAt");

/** Everybody who was invited and has not joined yet, newest first. @throws {DatabaseUnavailable} */
export async function listInvitations(
  actor: Actor,
  input: unknown,
): Promise<ListInvitationsOutcome> {
  if (!may(actor, "read", "User")) return { kind: "forbidden" };
  const page = readPage(InvitationQuery, order.Position, input);
  if (page.kind === "invalid") return page;
  return query(async (db): Promise<ListInvitationsOutcome> => {
    const rows = await db.user.findMany({
      where: {
        AND: [scopeOf(actor, "read", "User"), { status: "INVITED" }, order.behind(page.after)],
      },
      select: invitationColumns,
      orderBy: order.orderBy,
      take: page.take,
    });
    const { shown, nextCursor } = page.cut(rows, order.positionOf);
    return { kind: "listed", invitations: await toInvitationViews(db, shown), nextCursor };
  });
}
