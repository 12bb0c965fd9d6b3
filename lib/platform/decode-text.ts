import { isUtf8 } from "node:buffer";

export type TextEncoding = "utf-8" | "utf-16" | "windows-1252";

type DecodedText =
  | { kind: "text"; text: string; encoding: TextEncoding }
  /** It is not plain what this is; `line` is where it stops being UTF-8. */
  | { kind: "unreadable"; line: number };

const LINE_ENDS = /\r\n|\r|\n/g;
const lineOf = (before: string) => 1 + (before.match(LINE_ENDS)?.length ?? 0);

/**
 * The text of a file that somebody's program wrote: UTF-8; UTF-16 where a byte order mark says so; Windows-1252 where
 * nothing else is likely, since spreadsheets on Windows write it without a word.
 *
 * @param cut whether this may be the beginning of a file only, and end within a character
 */
export function decodeText(bytes: Buffer, cut = false): DecodedText {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return decodeUtf16(bytes, first === 0xfe, cut);
  }
  const whole = cut ? bytes.subarray(0, endOfCharacters(bytes)) : bytes;
  if (isUtf8(whole)) {
    const text = new TextDecoder().decode(whole); // takes the byte order mark away
    // Two bytes a character without a mark pass for UTF-8 with a NUL at every other place.
    const [line = ""] = text.split(/\r|\n/, 1);
    return line.includes("\0")
      ? { kind: "unreadable", line: 1 }
      : { kind: "text", text, encoding: "utf-8" };
  }
  if (isPlainlyWestern(whole)) {
    const text = whole.toString("latin1").replace(/[\x80-\x9F]/g, (place) => MARKS[place] ?? place);
    return { kind: "text", text, encoding: "windows-1252" };
  }
  return { kind: "unreadable", line: lineOf(whole.toString("latin1", 0, endOfUtf8(whole))) };
}

function decodeUtf16(bytes: Buffer, bigEndian: boolean, cut: boolean): DecodedText {
  const decoder = new TextDecoder(bigEndian ? "utf-16be" : "utf-16le", { fatal: true });
  try {
    const text = decoder.decode(bytes, { stream: cut });
    // Four bytes a character, which begin like two.
    if (text.startsWith("\0")) return { kind: "unreadable", line: 1 };
    return { kind: "text", text, encoding: "utf-16" };
  } catch {
    const [good = ""] = new TextDecoder(decoder.encoding).decode(bytes).split("\uFFFD", 1);
    return { kind: "unreadable", line: lineOf(good) };
  }
}

/** Where the last whole character of UTF-8 ends. */
function endOfCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3; back++) {
    const byte = bytes.at(-back) ?? 0;
    if (byte < 0x80) break;
    const long = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    if (long > 1) return long > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** How many bytes from the beginning are UTF-8; looked for by halves. */
function endOfUtf8(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const part = bytes.subarray(0, middle);
    if (isUtf8(part.subarray(0, endOfCharacters(part)))) good = middle;
    else bad = middle;
  }
  return good;
}

/** Where Windows-1252 has marks and Latin-1 nothing; TextDecoder of Node 20 takes the one for the other. */
const MARKS: Record<string, string> = {
  ...{ "\x80": "€", "\x85": "…", "\x91": "‘", "\x92": "’", "\x93": "“", "\x94": "”" },
  ...{ "\x96": "–", "\x97": "—" },
};

const CONTROL = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]/;
/** Accented letters of the West, but those that Turkish files have at the same places, and what is put around words. */
const WESTERN =
  /^[\x00-\x7F\x80\x85\x91-\x94\x96\x97\xA0\xA1\xAA\xAB\xB0\xB4\xB7\xBA\xBB\xBF-\xCF\xD1-\xD6\xD8-\xDC\xDF-\xEF\xF1-\xF6\xF8-\xFC\xFF]*$/;
/** Letters of other alphabets stand together; and some places hold a letter in the older encodings of DOS and Macintosh. */
const OTHER = /[\xC0-\xFF]{3}|[a-z][\xC0-\xDE]|[A-Za-z][\x80-\xBF][a-z]|[\x80-\xBF][a-z]/;
const ELISION = /\b([A-Z])\x92(?=[A-Z])/g;

/** Whether bytes that are no UTF-8 are plainly Windows-1252 (or Latin-1, of which it is all that is printed). */
function isPlainlyWestern(bytes: Buffer): boolean {
  // Some of it is UTF-8: two files in one, or one that was broken.
  if (/[\u0080-\uFFFC\u{10000}-\u{10FFFF}]/u.test(bytes.toString("utf8"))) return false;
  const places = bytes.toString("latin1");
  return (
    !CONTROL.test(places) && WESTERN.test(places) && !OTHER.test(places.replace(ELISION, "$1'"))
  );
}
