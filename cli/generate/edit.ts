/** Lines that a shared file gets, and where. Taken away again they leave it as it was. */
export type Edit = {
  file: string;
  /** Whole lines, each with its end. */
  lines: string;
  place: /** Behind the last line that looks like this, of a block where the line that opens it is named. */
    | { behind: RegExp; within?: string }
    /** Last in the list, object or block that this line opens. */
    | { lastIn: string }
    /** Among the lines that look like this, which are in order by what the first group says. */
    | { sortedBy: RegExp }
    | { atEnd: true };
};

/** The place for an edit is not there: the file has been changed by hand. */
export class NoPlace extends Error {
  override name = "NoPlace";
  constructor(readonly edit: Edit) {
    const { file, place } = edit;
    const what = Object.values(place).map(String).join(" in ");
    super(
      `${file} has no place for this: it has no line ${what}. Add it by hand:\n\n${edit.lines}`,
    );
  }
}

/** @throws {NoPlace} */
export function applyEdit(text: string, edit: Edit): string {
  const lines = text.split("\n");
  const at = placeOf(lines, edit);
  if (at === -1) throw new NoPlace(edit);
  return [
    ...lines.slice(0, at),
    ...edit.lines.replace(/\n$/, "").split("\n"),
    ...lines.slice(at),
  ].join("\n");
}

/** A text as it is however it is laid out: a formatter may have moved its spaces and commas. */
const squashed = (text: string) => text.replace(/[\s,]/g, "");

/** Without the lines; null when they are not there as they were written. */
export function undoEdit(text: string, edit: Edit): string | null {
  const lines = text.split("\n");
  const wanted = squashed(edit.lines);
  const leading = /^\n*/.exec(edit.lines)?.[0].length ?? 0;
  for (let from = 0; from < lines.length; from++) {
    let found = "";
    for (let to = from; to < lines.length && wanted.startsWith(found); to++) {
      found += squashed(lines[to] ?? "");
      if (found !== wanted || squashed(lines[from] ?? "") === "") continue;
      return [...lines.slice(0, from - leading), ...lines.slice(to + 1)].join("\n");
    }
  }
  return null;
}

/** The index of the line that the new ones stand before; -1 for none. */
function placeOf(lines: readonly string[], { place, lines: added }: Edit): number {
  if ("atEnd" in place) return lines.length - 1;
  if ("behind" in place) {
    const [from, to] =
      place.within === undefined ? [0, lines.length] : blockOf(lines, place.within);
    const found = lines.findLastIndex(
      (line, index) => index >= from && index < to && place.behind.test(line),
    );
    return found === -1 ? -1 : found + 1;
  }
  if ("lastIn" in place) return blockOf(lines, place.lastIn)[1];
  const nameOf = (line: string) => place.sortedBy.exec(line)?.[1];
  const own = nameOf(added.split("\n")[0] ?? "") ?? "";
  const named = lines.flatMap((line, index) => {
    const name = nameOf(line);
    return name === undefined ? [] : [{ name, index }];
  });
  const next = named.find(({ name }) => name > own);
  return next?.index ?? (named.at(-1)?.index ?? -2) + 1;
}

/** From the line that opens a block to the one that closes it; -1 for either that is not there. */
function blockOf(lines: readonly string[], opening: string): [from: number, to: number] {
  const from = lines.findIndex((line) => line.trimEnd() === opening);
  if (from === -1) return [-1, -1];
  const indent = /^\s*/.exec(opening)?.[0] ?? "";
  const closes = (line: string) =>
    line.startsWith(indent) && /^[\])}]/.test(line.slice(indent.length));
  return [from, lines.findIndex((line, index) => index > from && closes(line))];
}

export type Words = { [key: string]: string | Words };

/**
 * The messages with more of them; what is there already stays as it is.
 *
 * @throws {Error} at a message where there should be a section
 */
export function addWords(all: Words, more: Words): Words {
  const result: Words = { ...all };
  for (const [key, value] of Object.entries(more)) {
    const there = result[key];
    if (typeof value === "string") result[key] = there ?? value;
    else if (typeof there === "string") throw new Error(`The message ${key} should be a section.`);
    else result[key] = addWords(there ?? {}, value);
  }
  return result;
}

/** The messages without those, whatever they say now; `stays` by their path. Sections that end up empty go, too. */
export function removeWords(
  all: Words,
  those: Words,
  stays: (path: string) => boolean,
  path: readonly string[] = [],
): Words {
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, value]): [string, string | Words][] => {
      const removed = those[key];
      const here = [...path, key];
      if (removed === undefined || stays(here.join("."))) return [[key, value]];
      if (typeof value === "string" || typeof removed === "string") return [];
      const left = removeWords(value, removed, stays, here);
      return Object.keys(left).length === 0 ? [] : [[key, left]];
    }),
  );
}
