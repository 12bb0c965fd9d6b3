import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { csvRecords } from "@/lib/platform/csv";
import { STATEMENT_TIMEOUT_MS, transaction } from "@/lib/platform/db";
import { textStream } from "@/lib/platform/http/text-stream";
import { type InvalidQuery, readQuery } from "@/lib/platform/keyset-page";
import { EventFilter, type FindPeople, withNamed } from "./event-filter";
import type { EventView } from "./event-view";
import { readEvents } from "./read-events";
import { record } from "./record";

const EXPORT_FORMATS = ["csv", "jsonl"] as const;

export const ExportQuery = EventFilter.extend({ format: z.enum(EXPORT_FORMATS) });

type ExportEventsOutcome =
  | {
      kind: "exported";
      format: (typeof EXPORT_FORMATS)[number];
      /** UTF-8. Breaks off with an error when the database does. */
      stream: ReadableStream<Uint8Array>;
    }
  | { kind: "forbidden" }
  | InvalidQuery
  | { kind: "tooBroad" };

/** Events in memory at a time. */
const BATCH = 1_000;
/** For one batch of a search: below the limit of every statement. */
const SEARCH_PATIENCE_MS = STATEMENT_TIMEOUT_MS - 1_000;

const CSV_HEAD = [
  ...["id", "at", "action", "actorId", "actor", "targetType", "targetId", "target"],
  ...["door", "address", "requestId", "details", "hash"],
];

function toCells({ actor, target, details, ...event }: EventView) {
  return [
    ...[event.id, event.at, event.action, actor.id, actor.label],
    ...[target?.type, target?.id, target?.label],
    ...[event.door, event.address, event.requestId, JSON.stringify(details), event.hash],
  ];
}

/**
 * The events that a filter means, newest first, as one stream of CSV or of JSON lines. What is appended while it
 * runs is not in it. Each export is an event itself, recorded before its first byte.
 *
 * @param input `{ format: "csv" | "jsonl", … }` and an EventFilter, as sent by a client
 * @param findPeople finds whom a search means by name
 * @param unread nothing of it is going to leave (HEAD), so nothing is recorded
 * @throws {DatabaseUnavailable}
 */
export async function exportEvents(
  actor: Actor,
  input: unknown,
  { unread = false, findPeople }: { unread?: boolean; findPeople?: FindPeople } = {},
): Promise<ExportEventsOutcome> {
  if (!may(actor, "read", "AuditEvent")) return { kind: "forbidden" };
  const read = readQuery(ExportQuery, input);
  if (read.kind === "invalid") return read;
  const { format, ...filter } = read.asked;
  // Before anything is sent, so that what goes wrong at once has an answer of its own.
  const meant = await withNamed(actor, filter, findPeople);
  const first = await readEvents(meant, undefined, BATCH, SEARCH_PATIENCE_MS);
  if (first === "tooBroad") return { kind: "tooBroad" };
  if (!unread) {
    await transaction((tx) =>
      record(tx, actor, { action: "audit.exported", details: { format, ...filter } }),
    );
  }

  async function* text() {
    if (format === "csv") yield csvRecords([CSV_HEAD]);
    for (let batch: EventView[] | "tooBroad" = first; ; ) {
      if (batch === "tooBroad") throw new Error("the search of an export took too long");
      yield format === "csv"
        ? csvRecords(batch.map(toCells))
        : batch.map((event) => `${JSON.stringify(event)}\n`).join("");
      const last = batch.at(-1);
      if (last === undefined || batch.length < BATCH) return;
      batch = await readEvents(meant, last, BATCH, SEARCH_PATIENCE_MS);
    }
  }
  return { kind: "exported", format, stream: textStream(text()) };
}
