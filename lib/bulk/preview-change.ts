import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { type Prisma, query, type Tx } from "@/lib/platform/db";
import { ACTIVE_ADMIN } from "@/lib/users/active-admin";
import { userFilterWhere } from "@/lib/users/list/user-filter";
import { BULK_MAX_USERS, type BulkSelection } from "./bulk-request";
import type { BulkTargets } from "./bulk-targets";

const Person = z.object({ id: z.guid(), email: z.string(), name: z.string().nullable() });

/** What a bulk action would do now. The counts add up to `total`. */
export const BulkPreview = z.object({
  total: z.int(),
  changed: z.int(),
  /** It is so already. */
  unchanged: z.int(),
  rejected: z.array(
    z.object({
      reason: z.enum(["yourself", "forbidden", "lastAdmin", "notFound"]),
      count: z.int(),
      /** The first three. */
      users: z.array(Person),
    }),
  ),
  /** The first ten that change. */
  users: z.array(Person),
});
export type BulkPreview = z.output<typeof BulkPreview>;

type PreviewChangeOutcome =
  | { kind: "previewed"; preview: BulkPreview }
  | { kind: "tooMany"; max: number };

const FIRST = [
  { createdAt: "desc" },
  { id: "desc" },
] satisfies Prisma.UserOrderByWithRelationInput[];
const person = { id: true, email: true, name: true } as const;

/** The rows of a selection, whoever may see them. */
export function selectionWhere(selection: BulkSelection): Prisma.UserWhereInput {
  return "ids" in selection ? { id: { in: selection.ids } } : userFilterWhere(selection.filter);
}

/** Counts what would be done to `selection`, without doing it. @throws {DatabaseUnavailable} */
export async function previewChange(
  actor: Actor,
  targets: BulkTargets,
  selection: BulkSelection,
): Promise<PreviewChangeOutcome> {
  return query((db) => previewWithin(db, actor, targets, selection));
}

async function previewWithin(
  db: Tx,
  actor: Actor,
  targets: BulkTargets,
  selection: BulkSelection,
): Promise<PreviewChangeOutcome> {
  const selected = { AND: [selectionWhere(selection), targets.seen] };
  const found = await db.user.count({ where: selected, take: BULK_MAX_USERS + 1 });
  if (found > BULK_MAX_USERS) return { kind: "tooMany", max: BULK_MAX_USERS };

  const allowed = { AND: [selected, targets.allowed] };
  const differing = { AND: [allowed, targets.differs] };
  const yourself = { AND: [selected, { id: actor.userId }] };
  const forbidden = {
    AND: [selected, { id: { not: actor.userId } }, { NOT: targets.allowed }],
  };
  const some = (where: Prisma.UserWhereInput, take: number) =>
    db.user.findMany({ where, select: person, orderBy: FIRST, take });
  const countAllowed = await db.user.count({ where: allowed });
  const countDiffering = await db.user.count({ where: differing });
  const you = await some(yourself, 1);
  const countForbidden = found - countAllowed - you.length;
  const lastAdmin = targets.endsAdmin ? await whoStays(db, differing) : [];

  const asked = "ids" in selection ? new Set(selection.ids).size : found;
  const rejected: BulkPreview["rejected"] = [
    { reason: "yourself", count: you.length, users: you },
    {
      reason: "forbidden",
      count: countForbidden,
      users: countForbidden > 0 ? await some(forbidden, 3) : [],
    },
    { reason: "lastAdmin", count: lastAdmin.length, users: lastAdmin },
    { reason: "notFound", count: asked - found, users: [] },
  ];
  const users = await some(differing, 10 + lastAdmin.length);
  return {
    kind: "previewed",
    preview: {
      total: asked,
      changed: countDiffering - lastAdmin.length,
      unchanged: countAllowed - countDiffering,
      rejected: rejected.filter(({ count }) => count > 0),
      users: users.filter(({ id }) => !lastAdmin.some((stays) => stays.id === id)).slice(0, 10),
    },
  };
}

/** The one active administrator whom the database would not let go: the last in the order of work, or nobody. */
async function whoStays(
  db: Tx,
  differing: Prisma.UserWhereInput,
): Promise<z.output<typeof Person>[]> {
  const going = await db.user.count({ where: { AND: [differing, ACTIVE_ADMIN] } });
  if (going === 0 || (await db.user.count({ where: ACTIVE_ADMIN })) > going) return [];
  return db.user.findMany({
    where: { AND: [differing, ACTIVE_ADMIN] },
    select: person,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: 1,
  });
}

type SelectUsersOutcome =
  | { kind: "selected"; users: { id: string; email: string }[] }
  | { kind: "forbidden" }
  | { kind: "tooMany"; max: number };

/**
 * The users of a selection at this moment, newest first; ids of nobody come last, labelled with themselves.
 *
 * @throws {DatabaseUnavailable}
 */
export async function selectUsers(
  actor: Actor,
  selection: BulkSelection,
  seen: BulkTargets["seen"],
): Promise<SelectUsersOutcome> {
  if (!may(actor, "read", "User")) return { kind: "forbidden" };
  const users = await query((db) =>
    db.user.findMany({
      where: { AND: [selectionWhere(selection), seen] },
      select: { id: true, email: true },
      orderBy: FIRST,
      take: BULK_MAX_USERS + 1,
    }),
  );
  if (users.length > BULK_MAX_USERS) return { kind: "tooMany", max: BULK_MAX_USERS };
  if ("filter" in selection) return { kind: "selected", users };
  const known = new Set(users.map(({ id }) => id));
  const unknown = [...new Set(selection.ids)]
    .filter((id) => !known.has(id))
    .map((id) => ({ id, email: id }));
  return { kind: "selected", users: [...users, ...unknown] };
}
