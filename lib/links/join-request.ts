import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import type { Prisma, Tx } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";
import { isUserId as isId } from "@/lib/users/schema";
import { mayLetIn } from "./join-link";

/** Somebody who came by a link for several people and waits to be let in. */
export const JoinRequestView = z
  .object({
    id: z.guid(),
    email: z.string().meta({ description: "As typed; nobody has proven that it is theirs." }),
    name: z.string().nullable(),
    role: z.object({ id: z.guid(), slug: z.string(), name: z.string() }),
    joinLink: z.object({ id: z.guid(), name: z.string() }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "JoinRequest" });
export type JoinRequestView = z.output<typeof JoinRequestView>;

export const joinRequestColumns = {
  id: true,
  email: true,
  name: true,
  locale: true,
  createdAt: true,
  link: {
    select: {
      id: true,
      name: true,
      role: { select: { id: true, slug: true, name: true, policies: true } },
    },
  },
} satisfies Prisma.JoinRequestSelect;

export type JoinRequestRow = Prisma.JoinRequestGetPayload<{ select: typeof joinRequestColumns }>;

export function toJoinRequestView({
  link,
  createdAt,
  locale: _locale,
  ...row
}: JoinRequestRow): JoinRequestView {
  const { policies: _, ...role } = link.role;
  return {
    ...row,
    role,
    joinLink: { id: link.id, name: link.name },
    createdAt: createdAt.toISOString(),
  };
}

/**
 * Takes a request out, for exactly one of those who decide about it; its link is locked. The caller gives the place back
 * or makes the account.
 */
export async function takeJoinRequest(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<
  | { kind: "taken"; request: JoinRequestRow; passwordHash: string }
  | Refusal<"forbidden" | "notFound">
> {
  if (!may(actor, "create", "User")) return { kind: "forbidden" };
  if (!isId(id)) return { kind: "notFound" };
  const known = await tx.joinRequest.findUnique({ where: { id }, select: { linkId: true } });
  if (known === null) return { kind: "notFound" };
  await lockRows(tx, "join_links", [known.linkId]);
  const request = await tx.joinRequest.findUnique({
    where: { id },
    select: { ...joinRequestColumns, passwordHash: true },
  });
  if (request === null) return { kind: "notFound" };
  // Who could not have made the link knows of nobody who came by it.
  if (!mayLetIn(actor, request.link.role, { email: request.email })) return { kind: "notFound" };
  await tx.joinRequest.delete({ where: { id }, select: { id: true } });
  const { passwordHash, ...row } = request;
  return { kind: "taken", request: row, passwordHash };
}
