import ipaddr from "ipaddr.js";
import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { asciiAddress } from "@/lib/platform/ascii-address";
import { Prisma } from "@/lib/platform/db";
import { literalLike, queryText } from "@/lib/platform/page";
import { DayOrInstant, periodWhere } from "@/lib/platform/period";
import { isZone } from "@/lib/platform/zone";
import { ASKED_ACTIONS, type AskedAction, CHANGES_OF_USERS } from "./schema";

/** Which events are meant, as in the address of the list: the same for page, API and export. */
export const EventFilter = z.object({
  /** What happened; or "user.disabled", "user.enabled", "user.roleChanged", which are kinds of "user.updated". */
  action: z.enum(ASKED_ACTIONS).optional(),
  actorId: z.guid().optional(),
  targetId: queryText(64).optional(),
  door: queryText(32).optional(),
  /** The first day or instant. */
  from: DayOrInstant.optional(),
  /** The last day, all of it; or the instant before which. */
  to: DayOrInstant.optional(),
  /** Where the days of `from` and `to` begin and end. */
  zone: z.string().max(64).refine(isZone).default("UTC"),
  /** A part of somebody's or something's name; or a whole network address, request id or other id. */
  search: queryText(200).optional(),
});
export type EventFilter = z.output<typeof EventFilter>;

const EXPECTED: Record<string, string> = {
  action: `one of ${ASKED_ACTIONS.join(", ")}`,
  actorId: "the id of a user",
  targetId: "an id of at most 64 characters",
  door: "at most 32 characters",
  from: "a date such as 2026-11-21 or a time such as 2026-11-21T12:00:00Z",
  to: "a date such as 2026-11-21 or a time such as 2026-11-21T12:00:00Z",
  zone: "a time zone such as Europe/Madrid",
  search: "at most 200 characters",
  limit: "a whole number from 1 to 100",
  cursor: "the nextCursor of the page before",
  format: "csv or jsonl",
};

/** What a query parameter has to be, for whoever sent something else. */
export function expected(parameter: string): string {
  return EXPECTED[parameter] ?? "something else";
}

/** Finds the ids of users by their name: the trail itself has only addresses, and knows nothing of users. */
export type FindPeople = (actor: Actor, name: string) => Promise<readonly string[]>;

/** What is asked for beyond what an address says. */
export type MeantEvents = EventFilter & {
  /** Users whose name is what is searched for. */
  named?: readonly string[];
  /** Without the events about each user of a job or of many links made at once; the whole of it is there. */
  folded?: boolean;
};

/** Under these names an event says of what it is a part. */
const PARTS = ["job", "run"] as const;

/** The rows a filter means. */
export function eventFilterWhere(filter: MeantEvents): Prisma.AuditEventWhereInput {
  const { action, actorId, targetId, door, from, to, zone, search, named = [], folded } = filter;
  const at = periodWhere(from, to, zone);
  return {
    ...(action && actionWhere(action)),
    ...(folded && {
      AND: PARTS.map((part) => ({ details: { path: [part], equals: Prisma.DbNull } })),
    }),
    ...(actorId && { actorId }),
    ...(targetId && { targetId }),
    ...(door && { door }),
    ...(at && { at }),
    ...(search && {
      OR: [
        ...searched(search),
        ...(named.length > 0
          ? [{ actorId: { in: [...named] } }, { targetId: { in: [...named] } }]
          : []),
      ],
    }),
  };
}

function actionWhere(action: AskedAction): Prisma.AuditEventWhereInput {
  if (!(action in CHANGES_OF_USERS)) return { action };
  const { path, value } = CHANGES_OF_USERS[action as keyof typeof CHANGES_OF_USERS];
  return {
    action: "user.updated",
    details: { path: [...path], ...(value === null ? { not: Prisma.DbNull } : { equals: value }) },
  };
}

/**
 * What is whole has an index: an address, a request, a person or thing by id. A part of a name has none, since
 * every event would pay for it; the time of such a search is bounded instead (see list-events.ts).
 */
function searched(text: string): Prisma.AuditEventWhereInput[] {
  if (z.guid().safeParse(text).success) {
    const id = text.toLowerCase();
    return [{ requestId: id }, { targetId: id }, { actorId: id }];
  }
  if (ipaddr.isValid(text)) return [{ address: ipaddr.process(text).toString() }];
  // An address is found by its domain in either spelling; it is stored in the one of the DNS.
  const spellings = [...new Set([text.toLowerCase(), asciiAddress(text)])];
  return spellings.flatMap((spelling) => {
    const part: Prisma.StringFilter = { contains: literalLike(spelling), mode: "insensitive" };
    return [{ actorLabel: part }, { targetLabel: part }, { address: part }];
  });
}

/** A filter with those whom its search means by name. @throws {DatabaseUnavailable} */
export async function withNamed(
  actor: Actor,
  filter: EventFilter,
  findPeople: FindPeople | undefined,
): Promise<MeantEvents> {
  const { search } = filter;
  return search && findPeople ? { ...filter, named: await findPeople(actor, search) } : filter;
}
