import { OperatorError } from "./operator-error";

const NAME = /^[A-Za-z_][\w.-]*$/;
/** What follows a closing quote: nothing, or a comment. */
const REST = /^[^\S\n]*(#.*)?$/;
/** A line that sets a variable of the usual kind; inside quotes it means that a quote was left open before it. */
const ASSIGNMENT = /^\s*(export\s+)?[A-Z_][A-Z0-9_]*\s*=(?!=?\s*$)/; // and not the end of a key in base64
/** A value that is likely to have a "#" in it, and that nobody can look at afterwards to see what is missing. */
const SECRET = /PASS|SECRET|TOKEN|KEY|HASH|URL/i;
const QUOTES = ['"', "'", "`"];
const TYPOGRAPHIC = /^[\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb]/;

const QUOTE_IT = "put the value in quotes; a comment goes on a line of its own";

/**
 * Reads a `.env` file. Every line is read as it was meant or refused by its number: a password of which the half was
 * taken for a comment would claim an installation all the same.
 *
 * @throws {OperatorError} naming every line that can be read in two ways
 */
export function parseEnvFile(bytes: Uint8Array): Map<string, string> {
  const lines = linesOf(bytes);
  const problems: string[] = [];
  const values = new Map<string, { value: string; line: number }>();
  const refuse = (line: number, words: string) => problems.push(`  line ${line}: ${words}`);

  for (let at = 0; at < lines.length; at++) {
    const number = at + 1;
    const text = lines[at] ?? "";
    if (text.trim() === "" || text.trimStart().startsWith("#")) continue;
    const [left = "", ...right] = text.split("=");
    const name = left.trim().replace(/^export\s+/, "");
    if (right.length === 0) {
      refuse(number, "has no =; write NAME=value, or # in front of a comment");
      continue;
    }
    if (!NAME.test(name)) {
      refuse(number, "has no name before the = (letters, digits and _)");
      continue;
    }
    const written = right.join("=").trim();
    const quote = QUOTES.find((one) => written.startsWith(one));
    let value: string | null;
    if (quote === undefined) value = unquoted(name, written, (words) => refuse(number, words));
    else {
      const read = quoted(quote, [written.slice(1), ...lines.slice(at + 1)]);
      if (read.kind === "open")
        refuse(number, `${name} begins with ${quote} and does not end with it`);
      if (read.kind === "trailing") {
        refuse(
          number,
          `${name} has something behind its closing ${quote}; use another kind of quotes`,
        );
      }
      value = read.kind === "value" ? read.value : null;
      if (read.kind === "value") at += read.lines;
    }
    if (value === null) continue;
    const before = values.get(name);
    if (before !== undefined && before.value !== value) {
      refuse(
        number,
        `${name} is set to something else on line ${before.line}; keep one of the two`,
      );
    }
    values.set(name, { value, line: number });
  }
  if (problems.length > 0) throw unreadable(problems);
  return new Map([...values].map(([name, { value }]) => [name, value]));
}

function unreadable(problems: string[]): OperatorError {
  return new OperatorError([".env cannot be read as it is:", ...problems].join("\n"));
}

/** UTF-8, or UTF-16 where its mark says so; with or without a mark, lines ended as any system ends them. */
function linesOf(bytes: Uint8Array): string[] {
  const [first, second] = bytes;
  const utf16 = first === 0xff && second === 0xfe ? "utf-16le" : "utf-16be";
  const isUtf16 = utf16 === "utf-16le" || (first === 0xfe && second === 0xff);
  const text = new TextDecoder(isUtf16 ? utf16 : "utf-8").decode(bytes); // takes the mark off
  const lines = text.split(/\r\n|\r|\n/);
  const problems = lines.flatMap((line, i) =>
    line.includes("\0") || line.includes("\ufffd")
      ? [`  line ${i + 1}: is not in UTF-8; save the file as UTF-8`]
      : [],
  );
  if (problems.length > 0) throw unreadable(problems.slice(0, 3));
  return lines;
}

function unquoted(name: string, written: string, refuse: (words: string) => void): string | null {
  if (TYPOGRAPHIC.test(written)) {
    refuse(`${name} begins with a typographic quotation mark; use " or '`);
    return null;
  }
  // At the very beginning (`NAME=# not set`), or after a blank: a comment to most, a part of it to who wrote it.
  const hash = /(^|\s)#/.exec(written);
  if (hash === null) return written;
  const isComment = /(^|\s)#(\s|$)/.exec(written)?.index === hash.index;
  if (!isComment || (SECRET.test(name) && hash.index > 0)) {
    refuse(`${name} has a # after a blank, which may be a comment or not: ${QUOTE_IT}`);
    return null;
  }
  return written.slice(0, hash.index).trim();
}

type Quoted = { kind: "value"; value: string; lines: number } | { kind: "open" | "trailing" };

/** What stands between quotes, over several lines if need be. In double quotes `\n` is a line break. */
function quoted(quote: string, lines: string[]): Quoted {
  const parts: string[] = [];
  for (const [i, line] of lines.entries()) {
    if (i > 0 && ASSIGNMENT.test(line)) return { kind: "open" };
    const end = line.indexOf(quote);
    if (end < 0) {
      parts.push(line);
      continue;
    }
    if (!REST.test(line.slice(end + 1))) return { kind: i === 0 ? "trailing" : "open" };
    const value = [...parts, line.slice(0, end)].join("\n");
    return {
      kind: "value",
      value: quote === '"' ? value.replaceAll("\\n", "\n") : value,
      lines: i,
    };
  }
  return { kind: "open" };
}
