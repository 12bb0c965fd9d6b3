import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import { EventView } from "@/lib/audit/event-view";
import { readOwnEvents } from "@/lib/audit/list-own-events";
import { record } from "@/lib/audit/record";
import { getSecondFactor, SecondFactorView } from "@/lib/factors/get-second-factor";
import { databaseNow } from "@/lib/platform/database-now";
import { transaction } from "@/lib/platform/db";
import { textStream } from "@/lib/platform/http/text-stream";
import { listTokens } from "@/lib/tokens/list-tokens";
import { TokenView } from "@/lib/tokens/token-view";
import { getUser } from "@/lib/users/get-user";
import { UserView } from "@/lib/users/user-view";
import { listSessions, SessionView } from "./list-sessions";

/** What is kept of a person, without anything that opens an account. Times are ISO 8601 in UTC. */
export const OwnData = z.object({
  exportedAt: z.iso.datetime(),
  profile: UserView,
  secondFactor: SecondFactorView,
  /** Those that have not ended. */
  sessions: z.array(SessionView),
  /** Those that are not revoked, without their secrets. */
  tokens: z.array(TokenView),
  /** What the person did and what was done to the account, newest first. */
  activity: z.array(EventView),
});

type ExportOwnDataOutcome =
  /** `stream` is JSON as OwnData has it, in UTF-8. Breaks off with an error when the database does. */
  | { kind: "exported"; stream: ReadableStream<Uint8Array> }
  /** The caller acts by a bounded token, not as the whole person. */
  | { kind: "forbidden" };

/** Events in memory at a time. */
const BATCH = 1_000;

/**
 * All that is kept of oneself, as one stream. It is an event of one's own, recorded before its first byte.
 *
 * @param unread nothing of it is going to leave (HEAD), so nothing is recorded
 * @throws {DatabaseUnavailable}
 */
export async function exportOwnData(
  actor: Actor,
  { unread = false }: { unread?: boolean } = {},
): Promise<ExportOwnDataOutcome> {
  if (!isUnlimited(actor)) return { kind: "forbidden" };
  const me = await getUser(actor, actor.userId);
  if (me.kind !== "found") return { kind: "forbidden" }; // deleted since the request began
  const secondFactor = await getSecondFactor(actor);
  const target = { type: "user", id: actor.userId, label: actor.email } as const;
  if (!unread)
    await transaction((tx) => record(tx, actor, { action: "user.dataExported", target }));
  const opening = {
    exportedAt: databaseNow().toISOString(),
    profile: me.user,
    secondFactor,
  } satisfies Partial<z.output<typeof OwnData>>;

  async function* text() {
    yield `${JSON.stringify(opening).slice(0, -1)},"sessions":[`;
    yield* listed((cursor) => sessionsOf(actor, cursor));
    yield '],"tokens":[';
    yield* listed((cursor) => tokensOf(actor, cursor));
    yield '],"activity":[';
    yield* joined(activityOf(actor.userId));
    yield "]}\n";
  }
  return { kind: "exported", stream: textStream(text()) };
}

type Page = { rows: readonly unknown[]; nextCursor: string | null };

async function sessionsOf(actor: Actor, cursor: string | undefined): Promise<Page> {
  const page = await listSessions(actor, actor.userId, { limit: 100, cursor });
  if (page.kind !== "listed") throw new Error(`one's own sessions are ${page.kind}`);
  return { rows: page.sessions, nextCursor: page.nextCursor };
}

async function tokensOf(actor: Actor, cursor: string | undefined): Promise<Page> {
  const page = await listTokens(actor, { limit: 100, cursor });
  if (page.kind !== "listed") throw new Error(`one's own tokens are ${page.kind}`);
  return { rows: page.tokens, nextCursor: page.nextCursor };
}

async function* activityOf(userId: string): AsyncGenerator<readonly EventView[]> {
  for (let last: EventView | undefined; ; ) {
    const batch = await readOwnEvents(userId, last, BATCH);
    yield batch;
    last = batch.at(-1);
    if (last === undefined || batch.length < BATCH) return;
  }
}

/** The rows of all pages as the inside of a JSON array. */
function listed(pageAt: (cursor: string | undefined) => Promise<Page>): AsyncGenerator<string> {
  async function* pages() {
    for (let cursor: string | undefined; ; ) {
      const { rows, nextCursor } = await pageAt(cursor);
      yield rows;
      if (nextCursor === null) return;
      cursor = nextCursor;
    }
  }
  return joined(pages());
}

async function* joined(batches: AsyncGenerator<readonly unknown[]>): AsyncGenerator<string> {
  let comma = "";
  for await (const batch of batches) {
    if (batch.length === 0) continue;
    yield comma + batch.map((row) => JSON.stringify(row)).join(",");
    comma = ",";
  }
}
