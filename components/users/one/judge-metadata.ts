import {
  isPoisonedKey,
  isStorableText,
  METADATA_MAX_BYTES,
  METADATA_MAX_DEPTH,
  metadataBytes,
} from "@/lib/users/limits";

/** What can be wrong with metadata as text. Each has its sentence in the messages. */
export type MetadataRule =
  | "empty"
  | "notObject"
  | "endsEarly"
  | "needsKey"
  | "needsColon"
  | "needsComma"
  | "needsValue"
  | "commaTooMany"
  | "singleQuotes"
  | "needsEscape"
  | "badEscape"
  | "badNumber"
  | "inexactNumber"
  | "extraText"
  | "keyTwice"
  | "keyRefused"
  | "textRefused"
  | "tooDeep"
  | "tooLarge";

/** Where it is: line and column count from 1, in characters as a person counts them; `offset` in the text. */
type MetadataProblem = {
  rule: MetadataRule;
  line: number;
  column: number;
  offset: number;
  /** The name it is about, for rules on names. */
  key: string;
};

type MetadataJudgement =
  | { kind: "fine"; value: Record<string, unknown>; bytes: number }
  | { kind: "wrong"; problem: MetadataProblem };

class Wrong {
  constructor(
    readonly rule: MetadataRule,
    readonly offset: number,
    readonly key = "",
  ) {}
}

/**
 * Reads metadata as somebody types it. JSON.parse says where in each browser's own words or not at all, and takes
 * silently what would be lost: a name that is there twice, a number too long to keep.
 */
export function judgeMetadata(text: string): MetadataJudgement {
  try {
    const value = new Reader(text).read();
    const bytes = metadataBytes(value);
    if (bytes > METADATA_MAX_BYTES) throw new Wrong("tooLarge", text.length);
    return { kind: "fine", value, bytes };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const { rule, offset, key } = error;
    const lines = text.slice(0, offset).split("\n");
    const column = [...(lines.at(-1) ?? "")].length + 1;
    return { kind: "wrong", problem: { rule, line: lines.length, column, offset, key } };
  }
}

/** A recursive descent through RFC 8259, no deeper than metadata may be. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  read(): Record<string, unknown> {
    this.skipSpace();
    if (this.at === this.text.length) throw new Wrong("empty", this.at);
    const start = this.at;
    if (this.text[start] !== "{") {
      throw new Wrong(this.text[start] === "'" ? "singleQuotes" : "notObject", start);
    }
    this.value(1);
    this.skipSpace();
    if (this.at < this.text.length) throw new Wrong("extraText", this.at);
    return JSON.parse(this.text);
  }

  private skipSpace() {
    while (/[ \t\n\r]/.test(this.text[this.at] ?? "")) this.at++;
  }

  /** The next character after white space, without taking it. */
  private next(): string {
    this.skipSpace();
    const character = this.text[this.at];
    if (character === undefined) throw new Wrong("endsEarly", this.at);
    return character;
  }

  private value(depth: number) {
    const first = this.next();
    if (first === "{") return this.object(depth);
    if (first === "[") return this.array(depth);
    if (first === '"') return this.string();
    if (first === "'") throw new Wrong("singleQuotes", this.at);
    const word = /[A-Za-z0-9_$+\-.]+/y;
    word.lastIndex = this.at;
    const [found] = word.exec(this.text) ?? [];
    if (found === undefined) throw new Wrong("needsValue", this.at);
    if (!["true", "false", "null"].includes(found)) this.number(found);
    this.at += found.length;
  }

  private number(found: string) {
    if (!/^[-+.]?\d/.test(found)) throw new Wrong("needsValue", this.at);
    if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(found)) {
      throw new Wrong("badNumber", this.at);
    }
    const value = Number(found);
    const isInteger = /^-?\d+$/.test(found);
    if (!Number.isFinite(value) || (isInteger && !Number.isSafeInteger(value))) {
      throw new Wrong("inexactNumber", this.at);
    }
  }

  private object(depth: number) {
    if (depth > METADATA_MAX_DEPTH) throw new Wrong("tooDeep", this.at);
    const keys = new Set<string>();
    this.items("}", () => {
      const start = this.at;
      const first = this.next();
      if (first === "'") throw new Wrong("singleQuotes", start);
      if (first !== '"') throw new Wrong("needsKey", start);
      const key = this.string();
      if (isPoisonedKey(key)) throw new Wrong("keyRefused", start, key);
      if (keys.has(key)) throw new Wrong("keyTwice", start, key);
      keys.add(key);
      if (this.next() !== ":") throw new Wrong("needsColon", this.at);
      this.at++;
      this.value(depth + 1);
    });
  }

  private array(depth: number) {
    if (depth > METADATA_MAX_DEPTH) throw new Wrong("tooDeep", this.at);
    this.items("]", () => this.value(depth + 1));
  }

  /** From the opening bracket to behind the closing one. */
  private items(close: string, item: () => void) {
    this.at++;
    if (this.next() === close) {
      this.at++;
      return;
    }
    for (;;) {
      item();
      const character = this.next();
      if (character !== "," && character !== close) throw new Wrong("needsComma", this.at);
      const comma = this.at++;
      if (character === close) return;
      if (this.next() === close) throw new Wrong("commaTooMany", comma);
    }
  }

  private string(): string {
    const start = this.at++;
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) throw new Wrong("endsEarly", start);
      if (character === '"') break;
      if (character < " ") throw new Wrong("needsEscape", this.at);
      if (character !== "\\") {
        this.at++;
        continue;
      }
      const known = /\\(["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;
      known.lastIndex = this.at;
      const [found] = known.exec(this.text) ?? [];
      if (found === undefined) throw new Wrong("badEscape", this.at);
      this.at += found.length;
    }
    this.at++;
    const value: string = JSON.parse(this.text.slice(start, this.at));
    if (!isStorableText(value)) throw new Wrong("textRefused", start);
    return value;
  }
}
