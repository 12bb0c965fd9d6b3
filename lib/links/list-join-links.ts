import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { type InvalidQuery, latestFirst, pageFields, readPage } from "@/lib/platform/keyset-page";
import { type JoinLinkView, joinLinkColumns, mayLetIn, toJoinLinkView } from "./join-link";

type ListJoinLinksOutcome =
  | { kind: "listed"; joinLinks: JoinLinkView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | InvalidQuery;

export const JoinLinkQuery = z.object(pageFields(1_000));

const order = latestFirst("createdAt");

/**
 * Links by which several people join, newest first. A page has only those with a role that the actor could give, and so
 * may have fewer than asked for.
 *
 * @throws {DatabaseUnavailable}
 */
export async function listJoinLinks(actor: Actor, input: unknown): Promise<ListJoinLinksOutcome> {
  if (!may(actor, "create", "User")) return { kind: "forbidden" };
  const page = readPage(JoinLinkQuery, order.Position, input);
  if (page.kind === "invalid") return page;
  const rows = await query((db) =>
    db.joinLink.findMany({
      where: order.behind(page.after),
      select: joinLinkColumns,
      orderBy: order.orderBy,
      take: page.take,
    }),
  );
  const { shown, nextCursor } = page.cut(rows, order.positionOf);
  const joinLinks = shown.filter(({ role }) => mayLetIn(actor, role)).map(toJoinLinkView);
  return { kind: "listed", joinLinks, nextCursor };
}
