import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { type InvalidQuery, readQuery } from "@/lib/platform/keyset-page";
import { getUser } from "../get-user";
import type { UserView } from "../user-view";
import { nextInOrder, orderOf, Sort } from "./list-users";
import { UserFilter } from "./user-filter";

export const NeighbourQuery = UserFilter.extend({ sort: Sort });

/** Null at an end of the list. */
type Neighbours = { previous: UserView | null; next: UserView | null };

type FindNeighboursOutcome =
  | ({ kind: "found" } & Neighbours)
  | Refusal<"forbidden" | "notFound">
  | InvalidQuery;

/**
 * Who stands before and behind a user in a list: by keyset, so it matters neither how far down that is, nor whether the
 * filter still means this user.
 *
 * @param input a NeighbourQuery, as sent by a client
 * @throws {DatabaseUnavailable}
 */
export async function findNeighbours(
  actor: Actor,
  userId: string,
  input: unknown,
): Promise<FindNeighboursOutcome> {
  if (!may(actor, "read", "User")) return { kind: "forbidden" };
  const read = readQuery(NeighbourQuery, input);
  if (read.kind === "invalid") return read;
  const found = await getUser(actor, userId);
  if (found.kind !== "found") return found;
  const { sort, ...filter } = read.asked;
  const order = orderOf(sort);
  const after = { id: userId, value: found.user[order.field] };
  const [previous = null, next = null] = await Promise.all(
    [true, false].map((backward) => nextInOrder(actor, filter, order, after, backward)),
  );
  return { kind: "found", previous, next };
}
