import { stringify } from "csv-stringify/sync";

type CsvCell = string | number | boolean | null | undefined;

/**
 * What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), full-width forms included; and
 * the same behind apostrophes, so that writing and reading are exact opposites.
 */
const FORMULA = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

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

/** The text of a cell that csvRecords may have written: without the apostrophe that kept it from being run. */
export function cellText(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
