import { stringify } from "csv-stringify/sync";

export type CsvCell = string | number | boolean | null | undefined;

/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), full-width forms included. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Records of a CSV file (RFC 4180: commas, CRLF, quotes where they are needed), each with its line end. Text
 * that a spreadsheet would run gets an apostrophe in front, which shows it as text.
 */
export function csvRecords(records: readonly (readonly CsvCell[])[]): string {
  return stringify(
    records.map((cells) => [...cells]),
    {
      record_delimiter: "windows",
      quote_record_delimiter: true, // a lone CR or LF too
      cast: {
        string: (text) => (FORMULA.test(text) ? `'${text}` : text),
        boolean: String,
      },
    },
  );
}
