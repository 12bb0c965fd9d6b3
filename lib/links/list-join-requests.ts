import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { type InvalidQuery, latestFirst, pageFields, readPage } from "@/lib/platform/keyset-page";
import { mayLetIn } from "./join-link";
import { type JoinRequestView, joinRequestColumns, toJoinRequestView } from "./join-request";

type ListJoinRequestsOutcome =
  | { kind: "listed"; joinRequests: JoinRequestView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | InvalidQuery;

export const JoinRequestQuery = z.object(pageFields(1_000));

const order = latestFirst("createdAt");

/**
 * Who waits to be let in, newest first. A page has only those whom the actor could let in, and so may have fewer than
 * asked for.
 *
 * @throws {DatabaseUnavailable}
 */
export async function listJoinRequests(
  actor: Actor,
  input: unknown,
): Promise<ListJoinRequestsOutcome> {
  if (!may(actor, "create", "User")) return { kind: "forbidden" };
  const page = readPage(JoinRequestQuery, order.Position, input);
  if (page.kind === "invalid") return page;
  const rows = await query((db) =>
    db.joinRequest.findMany({
      where: order.behind(page.after),
      select: joinRequestColumns,
      orderBy: order.orderBy,
      take: page.take,
    }),
  );
  const { shown, nextCursor } = page.cut(rows, order.positionOf);
  const joinRequests = shown
    .filter(({ link, email }) => mayLetIn(actor, link.role, { email }))
    .map(toJoinRequestView);
  return { kind: "listed", joinRequests, nextCursor };
}
