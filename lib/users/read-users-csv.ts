import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { cellText } from "@/lib/platform/csv";

export const IMPORT_MAX_BYTES = 10 * 1024 * 1024;
export const IMPORT_MAX_ROWS = 50_000;
/** Longer than any row of sense; a row that goes on and on is a quote that was left open. */
const ROW_MAX_BYTES = 16 * 1024;
const DELIMITERS = [",", ";", "\t"] as const;
const COLUMNS = ["email", "name", "role"] as const;
type Column = (typeof COLUMNS)[number];

/** A row as it was written: the text of its known cells, and where it begins in the file. */
export type CsvRow = {
  line: number;
  email: string;
  name: string;
  role: string;
  /** It has more cells than the header has columns, as a comma in a name without quotes makes. */
  tooManyCells: boolean;
};

/** Why a file cannot be read at all; `line` where one is to blame. */
export type BadFile =
  | { problem: "empty" | "noRows" | "noEmailColumn" | "tooManyRows" }
  | { problem: "columnTwice"; column: Column }
  | { problem: "encoding" | "quoteOpen" | "rowTooLong"; line: number };

export type ReadUsersCsvOutcome =
  | { kind: "read"; rows: CsvRow[]; ignored: string[] }
  | { kind: "tooLarge" }
  /** The sender broke off. */
  | { kind: "broken" }
  | ({ kind: "badFile" } & BadFile);

type Refused = Exclude<ReadUsersCsvOutcome, { kind: "read" }>;

class Refusal extends Error {
  constructor(readonly outcome: Refused) {
    super(outcome.kind);
  }
}

function badFile(file: BadFile): Refusal {
  return new Refusal({ kind: "badFile", ...file });
}

/**
 * Reads a CSV file of users as it comes in: UTF-8 with or without a byte order mark; commas, semicolons or tabs;
 * quotes and line ends as RFC 4180 or a spreadsheet writes them. A header names the columns; others than email,
 * name and role are ignored. Apostrophes that our export set in front of formulas are taken away.
 *
 * @param declared the Content-Length, to tell a body that broke off; null when there is none
 */
export async function readUsersCsv(
  body: AsyncIterable<Uint8Array>,
  declared: number | null,
): Promise<ReadUsersCsvOutcome> {
  const rows: CsvRow[] = [];
  let header: Header | null = null;
  /** Where the next record begins. */
  let line = 1;
  try {
    const text = decoded(body, declared);
    const head = await firstLine(text);
    const parser = parse({
      delimiter: delimiterOf(head),
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: ROW_MAX_BYTES,
      // As soon as it is read: an error that comes later has to know how far the file was good.
      on_record: (record: string[], { lines }) => {
        if (header === null) header = readHeader(record);
        else if (rows.length === IMPORT_MAX_ROWS) throw badFile({ problem: "tooManyRows" });
        else rows.push(readRow(header, record, lines));
        line = lines + 1;
        return null;
      },
    });
    parser.resume();
    await pipeline(Readable.from(joined(head, text)), parser);
    if (header === null) throw badFile({ problem: "empty" });
    if (rows.length === 0) throw badFile({ problem: "noRows" });
    return { kind: "read", rows, ignored: (header as Header).ignored };
  } catch (error) {
    if (error instanceof Refusal) return error.outcome;
    if (error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED") {
      return { kind: "badFile", problem: "quoteOpen", line };
    }
    if (error instanceof CsvError && error.code === "CSV_MAX_RECORD_SIZE") {
      return { kind: "badFile", problem: "rowTooLong", line };
    }
    throw error;
  }
}

const LINE_END = /\r\n|\r|\n/;

/** The body as text. @throws {Refusal} for a body that is too large, breaks off or is no UTF-8 */
async function* decoded(
  body: AsyncIterable<Uint8Array>,
  declared: number | null,
): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let size = 0;
  let lines = 1;
  const decode = (bytes?: Uint8Array) => {
    try {
      const text = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
      lines += text.split("\n").length - 1;
      return text;
    } catch {
      const [before = ""] = new TextDecoder().decode(bytes).split("\uFFFD", 1);
      const line = lines + before.split("\n").length - 1;
      throw badFile({ problem: "encoding", line });
    }
  };
  const tooLarge = new Refusal({ kind: "tooLarge" });
  if (declared !== null && declared > IMPORT_MAX_BYTES) throw tooLarge;
  for await (const bytes of unbroken(body)) {
    size += bytes.byteLength;
    if (size > IMPORT_MAX_BYTES) throw tooLarge;
    yield decode(bytes);
  }
  if (declared !== null && size !== declared) throw new Refusal({ kind: "broken" });
  yield decode();
}

async function* unbroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    throw new Refusal({ kind: "broken" });
  }
}

/** The text up to the first line end at least. */
async function firstLine(text: AsyncGenerator<string>): Promise<string> {
  let head = "";
  while (!LINE_END.test(head) && head.length < ROW_MAX_BYTES) {
    const { done, value } = await text.next();
    if (done) break;
    head += value;
  }
  return head;
}

async function* joined(head: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (head !== "") yield head;
  for await (const text of rest) if (text !== "") yield text;
}

/** What separates the cells: what the header has most of. */
function delimiterOf(head: string): string {
  const [first = ""] = head.split(LINE_END, 1);
  // Text in two bytes a character passes for UTF-8 with a NUL at every other place.
  if (first.includes("\0")) throw badFile({ problem: "encoding", line: 1 });
  const count = (delimiter: string) => first.split(delimiter).length;
  return DELIMITERS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

type Header = { width: number; places: Map<Column, number>; ignored: string[] };

function readHeader(titles: string[]): Header {
  const places = new Map<Column, number>();
  const ignored: string[] = [];
  for (const [place, title] of titles.entries()) {
    const name = title.trim();
    const column = COLUMNS.find((known) => known === name.toLowerCase());
    if (column === undefined) ignored.push(name.slice(0, 100));
    else if (places.has(column)) throw badFile({ problem: "columnTwice", column });
    else places.set(column, place);
  }
  if (!places.has("email")) throw badFile({ problem: "noEmailColumn" });
  return { width: titles.length, places, ignored: ignored.filter(Boolean).slice(0, 20) };
}

function readRow({ width, places }: Header, record: string[], lastLine: number): CsvRow {
  const cell = (column: Column) => cellText(record[places.get(column) ?? -1] ?? "");
  return {
    line: lastLine - record.join("").split(LINE_END).length + 1,
    email: cell("email"),
    name: cell("name"),
    role: cell("role"),
    tooManyCells: record.slice(width).some((extra) => extra.trim() !== ""),
  };
}
