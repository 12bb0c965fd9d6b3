import PQueue from "p-queue";
import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { mustConfirmFor } from "@/lib/access/recently-confirmed";
import { insertEventAboutUsers, record } from "@/lib/audit/record";
import { alike } from "@/lib/platform/alike";
import { csvRecords } from "@/lib/platform/csv";
import { Prisma, query, transaction } from "@/lib/platform/db";
import { pieces } from "@/lib/platform/keyset-page";
import { lockRows } from "@/lib/platform/lock-rows";
import type { Locale } from "@/lib/platform/messages";
import { scopeOf } from "@/lib/rows/scope-of";
import { type Target, toTarget } from "@/lib/users/find-target";
import { UserFilter, userFilterWhere } from "@/lib/users/list/user-filter";
import { judgeReach } from "@/lib/users/reach-user";
import { invitationColumns } from "./invitation-view";
import { MAILS_AT_ONCE, mailLink } from "./mail-link";
import { type FreshLink, mintLinks } from "./user-link";

/** So many users may be named one by one; more are meant by a filter, or by the job that made them. */
const MAX_IDS = 1_000;
/** So many at once: made in one transaction, then mailed, then told. */
const PIECE = 100;

/** Who needs a link: some people by id, those whom a filter of the list means, or those whom a job has made. */
export const InvitationLinksInput = z
  .object({
    ids: z.array(z.guid().toLowerCase()).min(1).max(MAX_IDS).optional(),
    filter: z.strictObject(UserFilter.shape).optional(),
    job: z.guid().optional(),
  })
  .refine((asked) => Object.values(asked).filter((one) => one !== undefined).length === 1, {
    path: ["ids"],
  });

const COLUMNS = ["email", "name", "role", "link", "expiresAt", "mail", "result"] as const;

/** What came of it for one person. */
type Judged = {
  id: string;
  target: Target | null;
  /** Has been sent a link before. */
  again: boolean;
  /** Or: has joined or is disabled; not one's to invite; an administrator, for whom one confirms first. */
  result: "made" | "notInvited" | "forbidden" | "unconfirmed" | "notFound";
};

/**
 * Makes a new link for each of many people who have not joined yet, mails it where mail is configured, and tells them in
 * a file, the only place where they are told: the database has their digests. Links that these people had before open
 * nothing any more. Whoever breaks off has the links that have been told, and makes the others again.
 *
 * @param ids of the people, a piece at a time
 * @returns CSV in UTF-8, a piece at a time; the first is made already, each other when it is asked for
 * @throws {DatabaseUnavailable} at once, or from the pieces
 */
export async function makeInvitationLinks(
  actor: Actor,
  ids: AsyncIterable<readonly string[]>,
  locale: Locale,
): Promise<{ kind: "links"; pieces: AsyncGenerator<string> } | { kind: "forbidden" }> {
  if (!may(actor, "create", "User")) return { kind: "forbidden" };
  const rest = piecesOf(actor, ids, locale);
  const first = await rest.next();
  return { kind: "links", pieces: fileOf(first.done ? "" : first.value, rest) };
}

/** Those of a filter who have not joined yet and whom the actor may see, in the order they came. */
export async function* invitedBy(actor: Actor, filter: UserFilter): AsyncGenerator<string[]> {
  const where = {
    AND: [scopeOf(actor, "read", "User"), userFilterWhere(filter), { status: "INVITED" }],
  } satisfies Prisma.UserWhereInput;
  const read = (last: { number: number } | undefined) =>
    query((db) =>
      db.user.findMany({
        where: { AND: [{ number: { gt: last?.number ?? 0 } }, where] },
        select: { id: true, number: true },
        orderBy: { number: "asc" },
        take: MAX_IDS,
      }),
    );
  for await (const rows of pieces(MAX_IDS, read)) yield rows.map(({ id }) => id);
}

async function* fileOf(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  // The byte order mark is how a spreadsheet knows UTF-8.
  yield `\uFEFF${csvRecords([COLUMNS])}${first}`;
  yield* rest;
}

async function* piecesOf(
  actor: Actor,
  ids: AsyncIterable<readonly string[]>,
  locale: Locale,
): AsyncGenerator<string> {
  const run: Run = { id: crypto.randomUUID(), isTold: false };
  for await (const piece of inPieces(ids)) yield await makePiece(actor, piece, locale, run);
}

/**
 * Many links made at once: each person's event names it, and one event, recorded with the first of them, tells of it, so
 * that a list can leave the others out.
 */
type Run = { id: string; isTold: boolean };

type Piece = { ids: readonly string[]; isLast: boolean };

async function* inPieces(ids: AsyncIterable<readonly string[]>): AsyncGenerator<Piece> {
  let held: readonly string[] | undefined;
  for await (const some of ids) {
    for (let start = 0; start < some.length; start += PIECE) {
      if (held) yield { ids: held, isLast: false };
      held = [...new Set(some.slice(start, start + PIECE))];
    }
  }
  if (held) yield { ids: held, isLast: true };
}

async function makePiece(
  actor: Actor,
  { ids, isLast }: Piece,
  locale: Locale,
  run: Run,
): Promise<string> {
  const { judged, fresh, isTold } = await transaction(async (tx) => {
    await lockRows(tx, "users", ids);
    const rows = await tx.user.findMany({
      where: { id: { in: [...ids] } },
      select: invitationColumns,
    });
    const known = new Map(rows.map((row) => [row.id, row]));
    const judged = ids.map((id): Judged => {
      const row = known.get(id);
      if (row === undefined) return { id, target: null, again: false, result: "notFound" };
      const { links, ...columns } = row;
      const target = toTarget(columns);
      return { id, target, again: links.length > 0, result: judge(actor, target) };
    });
    const made = judged.filter(({ result }) => result === "made");
    // One link by itself is told as one.
    const isPart = run.isTold || !isLast || made.length > 1;
    if (!run.isTold && isPart && made.length > 0) {
      await record(tx, actor, {
        action: "users.invited",
        details: { count: made.length, ...(!isLast && { more: true }) },
      });
    }
    const fresh = await mintLinks(
      tx,
      actor,
      made.map(({ id }) => id),
      "invitation",
      locale,
    );
    for (const same of alike(made, ({ target, again }) => `${target?.user.role.slug} ${again}`)) {
      const [{ id, target, again }] = same;
      const details = {
        role: target?.user.role.slug,
        ...(again && { again }),
        ...(isPart && { run: run.id }),
        expiresAt: fresh.get(id)?.expiresAt.toISOString(),
      };
      const them = same.map((one) => one.id);
      const event = { action: "user.invited", details } as const;
      await tx.$executeRaw(
        insertEventAboutUsers(actor, event, Prisma.sql`"users" WHERE "id" = ANY(${them}::uuid[])`),
      );
    }
    return { judged, fresh, isTold: run.isTold || made.length > 0 };
  });
  run.isTold = isTold;
  const mails = new PQueue({ concurrency: MAILS_AT_ONCE });
  const records = await mails.addAll(
    judged.map((one) => () => recordOf(actor, one, fresh.get(one.id), locale)),
  );
  return csvRecords(records);
}

function judge(actor: Actor, target: Target): Judged["result"] {
  const reach = judgeReach(actor, "create", target);
  if (reach !== "reached") return reach;
  if (target.row.status !== "INVITED") return "notInvited";
  return mustConfirmFor(actor, target.policies) ? "unconfirmed" : "made";
}

/** Somebody whom the actor may not know of is named by the id that was sent. */
async function recordOf(
  actor: Actor,
  { id, target, result }: Judged,
  fresh: FreshLink | undefined,
  locale: Locale,
): Promise<(string | null)[]> {
  if (target === null || result === "notFound") return [id, "", "", "", "", "", "notFound"];
  const { email, name, role } = target.user;
  if (fresh === undefined) return [email, name, role.slug, "", "", "", result];
  const mail = await mailLink(actor, target.user, "invitation", fresh, locale);
  return [email, name, role.slug, fresh.link, fresh.expiresAt.toISOString(), mail, result];
}
