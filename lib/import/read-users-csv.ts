import { setImmediate as otherWork } from "node:timers/promises";
import { CsvError, type Options, type Parser, parse } from "csv-parse";
import { cellText } from "@/lib/platform/csv";
import { decodeText, type TextEncoding } from "@/lib/platform/decode-text";
import {
  fieldTwice,
  type ImportColumn,
  keptOutBy,
  mappedColumns,
  recogniseColumns,
} from "./import-columns";
import type { ImportField } from "./limits";
import { IMPORT_MAX_COLUMNS } from "./schema";

export const IMPORT_MAX_BYTES = 10 * 1024 * 1024;
export const IMPORT_MAX_ROWS = 50_000;
/** So much of the beginning of a file is enough to say what its columns are. */
export const HEAD_BYTES = 64 * 1024;
/** Longer than any row of sense; a row that goes on and on is a quote that was left open. */
const ROW_MAX_BYTES = 16 * 1024;
const DELIMITERS = [",", ";", "\t", "|"] as const;

/** A row as it was written: the text of its known cells, and where it begins in the file. */
export type CsvRow = {
  line: number;
  email: string;
  /** The whole name; or, where the file has none, the first and the last one. */
  name: string;
  role: string;
  status: string;
  /** The other system keeps this person out, says the column of the status. */
  keptOut: boolean;
  /** It has more cells than the header has columns, as a comma in a name without quotes makes. */
  tooManyCells: boolean;
};

/** Why a file cannot be read at all; `line` where one is to blame. */
export type BadFile =
  | { problem: "empty" | "noRows" | "noEmailColumn" | "tooManyRows" | "tooManyColumns" }
  /** It has fewer columns than were mapped. */
  | { problem: "otherColumns" }
  | { problem: "columnTwice"; column: "email" | "name" | "role" }
  | { problem: "encoding" | "quoteOpen" | "rowTooLong"; line: number };

type Refused =
  | { kind: "tooLarge" }
  /** The sender broke off. */
  | { kind: "broken" }
  | ({ kind: "badFile" } & BadFile);

export type ReadUsersCsvOutcome =
  | {
      kind: "read";
      rows: CsvRow[];
      columns: ImportColumn[];
      /** The columns with something in them that were not used: by title, or as "#4". */
      ignored: string[];
      encoding: TextEncoding;
    }
  | Refused;

/** A column as it is shown to whoever says what it means. */
export type SampledColumn = ImportColumn & { samples: string[] };

export type SampleUsersCsvOutcome =
  | {
      kind: "sampled";
      /** False when the first row has a person already, and so no titles. */
      header: boolean;
      columns: SampledColumn[];
      encoding: TextEncoding;
    }
  | Refused;

class Refusal extends Error {
  constructor(readonly outcome: Refused) {
    super(outcome.kind);
  }
}

function badFile(file: BadFile): Refusal {
  return new Refusal({ kind: "badFile", ...file });
}

/**
 * Reads a CSV file of users: UTF-8, UTF-16 or Windows-1252 (see decodeText); commas, semicolons, tabs or bars; quotes
 * and line ends as RFC 4180 or a spreadsheet writes them. A header names the columns, in the words of whatever system
 * it comes from; what they do not say, or to say otherwise, is `mapping`. Apostrophes that our export set in front of
 * formulas are taken away.
 *
 * @param declared the Content-Length, to tell a body that broke off; null when there is none
 * @param mapping what each column is, from left to right; null to go by the titles
 */
export async function readUsersCsv(
  body: AsyncIterable<Uint8Array>,
  declared: number | null,
  mapping: readonly ImportField[] | null,
): Promise<ReadUsersCsvOutcome> {
  return orRefused(async () => {
    const { text, encoding } = textOf(await bytesOf(body, declared));
    const rows: CsvRow[] = [];
    let reader: RowReader | null = null;
    await eachRecord(text, (record, line) => {
      if (reader === null) {
        reader = rowReader(record, mapping);
        if (!(mapping !== null && isPerson(record))) return;
      }
      if (rows.length === IMPORT_MAX_ROWS) throw badFile({ problem: "tooManyRows" });
      rows.push(reader.read(record, line));
    });
    if (reader === null) throw badFile({ problem: "empty" });
    if (rows.length === 0) throw badFile({ problem: "noRows" });
    const { columns, ignored } = reader as RowReader;
    return { kind: "read", rows, columns, ignored: ignored(), encoding };
  });
}

/** So many records are looked at for samples, and so many samples of each column shown. */
const SAMPLED_RECORDS = 50;
const SAMPLES = 3;
const SAMPLE_MAX = 80;

/**
 * What the columns of a file are, as far as their titles say it, with what stands in them first. Passwords are not
 * shown, whoever sent them.
 *
 * @param body the file, or its first HEAD_BYTES at least; what is behind is not looked at
 */
export async function sampleUsersCsv(
  body: AsyncIterable<Uint8Array>,
): Promise<SampleUsersCsvOutcome> {
  return orRefused(async () => {
    const head = await headOf(body);
    const cut = head.length === HEAD_BYTES;
    const { text, encoding } = textOf(head, cut);
    const records: string[][] = [];
    await eachRecord(
      text,
      (record) => {
        if (records.length < SAMPLED_RECORDS) records.push(record);
      },
      cut,
    );
    const [first] = records;
    if (first === undefined) throw badFile({ problem: "empty" });
    const header = !isPerson(first);
    const rows = header ? records.slice(1) : records;
    const width = Math.max(...records.map(lengthOf));
    if (width > IMPORT_MAX_COLUMNS) throw badFile({ problem: "tooManyColumns" });
    const titles = Array.from({ length: width }, (_, place) => (header && first[place]) || "");
    const columns = recogniseColumns(titles).map((column, place) => {
      const cells = rows.map((row) => cellText(row[place] ?? "").trim()).filter(Boolean);
      const samples = [...new Set(cells.map((cell) => cell.slice(0, SAMPLE_MAX)))].slice(
        0,
        SAMPLES,
      );
      return { ...column, samples: column.secret ? [] : samples };
    });
    return { kind: "sampled", header, columns: withAddresses(columns), encoding };
  });
}

/** Where no title says so: the first column in which there are nothing but addresses. */
function withAddresses(columns: SampledColumn[]): SampledColumn[] {
  if (columns.some(({ field }) => field === "email")) return columns;
  const place = columns.findIndex(
    ({ field, samples }) => field === "ignore" && samples.length > 0 && samples.every(isAddress),
  );
  return columns.map((column, at) => (at === place ? { ...column, field: "email" } : column));
}

async function orRefused<T>(work: () => Promise<T>): Promise<T | Refused> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return error.outcome;
    throw error;
  }
}

/** The whole body. @throws {Refusal} for one that is too large or breaks off */
async function bytesOf(body: AsyncIterable<Uint8Array>, declared: number | null): Promise<Buffer> {
  const tooLarge = new Refusal({ kind: "tooLarge" });
  if (declared !== null && declared > IMPORT_MAX_BYTES) throw tooLarge;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of unbroken(body)) {
    size += bytes.byteLength;
    if (size > IMPORT_MAX_BYTES) throw tooLarge;
    parts.push(bytes);
  }
  if (declared !== null && size !== declared) throw new Refusal({ kind: "broken" });
  return Buffer.concat(parts, size);
}

/** The beginning of the body, and of what is behind no more than has come with it. */
async function headOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of unbroken(body)) {
    parts.push(bytes);
    size += bytes.byteLength;
    if (size >= HEAD_BYTES) break;
  }
  return Buffer.concat(parts, size).subarray(0, HEAD_BYTES);
}

async function* unbroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    throw new Refusal({ kind: "broken" });
  }
}

function textOf(bytes: Buffer, cut = false): { text: string; encoding: TextEncoding } {
  const decoded = decodeText(bytes, cut);
  if (decoded.kind === "unreadable") throw badFile({ problem: "encoding", line: decoded.line });
  return { ...decoded, text: decoded.text.replace(/\r\n?/g, "\n") };
}

/** A line that is for a program and holds nobody: Excel's word on its separator, Entra's on its template. */
const FOR_PROGRAMS =
  /^\s*"?(?:sep=(?<delimiter>[^\w\s."'@\r\n]|\t)|version:v\d[\d.]*)"?[,;\t|\s]*$/i;

/** Where the header begins, on which line, and what separates its cells. */
function beginningOf(text: string): { start: number; line: number; delimiter: string } {
  let start = 0;
  let line = 1;
  let told: string | undefined;
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    const first = text.slice(start, end === -1 ? undefined : end).slice(0, ROW_MAX_BYTES);
    const forPrograms = FOR_PROGRAMS.exec(first);
    if (end === -1 || (first.trim() !== "" && forPrograms === null)) {
      return { start, line, delimiter: told ?? delimiterOf(first) };
    }
    told = forPrograms?.groups?.["delimiter"] ?? told;
    start = end + 1;
    line++;
  }
  return { start, line, delimiter: told ?? "," };
}

/** What separates the cells: what the header has most of, outside quotes. */
function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, "");
  const count = (delimiter: string) => bare.split(delimiter).length;
  return DELIMITERS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** So much text is parsed before others get their turn. */
const TURN = 256 * 1024;

/**
 * Calls `use` with each record that is not empty and the line on which it begins.
 *
 * @param cut whether the text may end within a record, which is then left out
 * @throws {Refusal} for a quote that is not closed or a row that is too long
 */
async function eachRecord(
  text: string,
  use: (record: string[], line: number) => void,
  cut = false,
): Promise<void> {
  const { start, line: before, delimiter } = beginningOf(text);
  /** Where the next record begins. */
  let line = before;
  const quoted = text.includes('"');
  const options: Options = {
    delimiter,
    record_delimiter: "\n",
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    // Blanks around a cell, so that a quote behind one is a quote; it takes time, and cells are trimmed later anyway.
    trim: quoted,
    max_record_size: ROW_MAX_BYTES,
    // As soon as it is read: an error that comes later has to know how far the file was good.
    on_record: (record: string[], { lines }) => {
      const last = before - 1 + lines;
      use(record, quoted ? last - (record.join("").split("\n").length - 1) : last);
      line = last + 1;
      return null;
    },
  };
  const parser = parse(options);
  try {
    await feed(parser, text, start, cut);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_QUOTE_NOT_CLOSED" && !cut)
      throw badFile({ problem: "quoteOpen", line });
    if (error.code === "CSV_MAX_RECORD_SIZE") throw badFile({ problem: "rowTooLong", line });
    if (error.code !== "CSV_QUOTE_NOT_CLOSED") throw error;
  }
}

async function feed(parser: Parser, text: string, start: number, cut: boolean): Promise<void> {
  const failed = new Promise<never>((_, reject) => parser.on("error", reject));
  failed.catch(() => {}); // heard below, or nobody waits any more
  const ended = new Promise<void>((resolve) => parser.on("end", resolve));
  parser.resume();
  const whole = cut ? text.lastIndexOf("\n") : -1;
  const end = whole === -1 ? text.length : whole;
  for (let at = start; at < end; at += TURN) {
    parser.write(text.slice(at, Math.min(at + TURN, end)));
    await Promise.race([otherWork(), failed]);
  }
  parser.end();
  await Promise.race([ended, failed]);
}

const isAddress = (cell: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell.trim());
/** A first row with an address in it is somebody, and not a header. */
const isPerson = (record: readonly string[]) => record.some(isAddress);
/** How many cells there are up to the last with something in it. */
const lengthOf = (record: readonly string[]) =>
  record.findLastIndex((cell) => cell.trim() !== "") + 1;

type RowReader = {
  columns: ImportColumn[];
  read(record: string[], line: number): CsvRow;
  /** Of what has been read so far. */
  ignored(): string[];
};

function rowReader(first: string[], mapping: readonly ImportField[] | null): RowReader {
  const width = lengthOf(first);
  if (width > IMPORT_MAX_COLUMNS) throw badFile({ problem: "tooManyColumns" });
  const titles = isPerson(first) ? first.map(() => "") : first;
  // A column without a title may still be meant.
  const named = Array.from(
    { length: Math.max(width, mapping?.length ?? 0) },
    (_, place) => titles[place] ?? "",
  );
  if (mapping !== null && mapping.findLastIndex((field) => field !== "ignore") >= first.length) {
    throw badFile({ problem: "otherColumns" });
  }
  const twice = mapping === null ? fieldTwice(named) : null;
  if (twice !== null) throw badFile({ problem: "columnTwice", column: twice });
  const columns = mapping === null ? recogniseColumns(named) : mappedColumns(named, mapping);
  const place = (field: ImportField) => columns.findIndex((column) => column.field === field);
  const places = {
    email: place("email"),
    name: place("name"),
    firstName: place("firstName"),
    lastName: place("lastName"),
    role: place("role"),
    status: place("status"),
  };
  if (places.email === -1) throw badFile({ problem: "noEmailColumn" });
  const isKeptOut = keptOutBy(columns[places.status]?.title ?? "");
  const untitled = columns.flatMap(({ title }, at) => (title === "" ? [at] : []));
  const untitledUsed = new Set<number>();

  return {
    columns,
    ignored: () =>
      columns.flatMap(({ title, field }, at) => {
        if (field !== "ignore") return [];
        return title !== "" ? [title] : untitledUsed.has(at) ? [`#${at + 1}`] : [];
      }),
    read: (record, line) => {
      const cell = (field: keyof typeof places) => cellText(record[places[field]] ?? "");
      const whole = cell("name");
      const halves = () =>
        [cell("firstName").trim(), cell("lastName").trim()].filter(Boolean).join(" ");
      const status = cell("status");
      for (const at of untitled) if (record[at]) untitledUsed.add(at);
      return {
        line,
        email: cell("email"),
        name: whole.trim() === "" ? halves() : whole,
        role: cell("role"),
        status,
        keptOut: status !== "" && isKeptOut(status),
        tooManyCells: record.slice(first.length).some((extra) => extra.trim() !== ""),
      };
    },
  };
}
