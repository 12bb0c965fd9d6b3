import type { PaletteEntry } from "./palette-data";

/** Without accents and capitals, as people type in a hurry. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u);

/**
 * How far `entry` is from what was asked: 0 for a label that begins so, more where it has the words, has them among its
 * others, has them within one; null where it has not.
 */
function distance(entry: PaletteEntry, query: string): number | null {
  const label = plain(entry.label);
  const asked = query.split(/\s+/);
  const begin = (words: string[]) =>
    asked.every((part) => words.some((word) => word.startsWith(part)));
  if (label.startsWith(query)) return 0;
  if (begin(wordsOf(label))) return 1;
  if (begin(wordsOf(`${label} ${plain(entry.also ?? "")}`))) return 2;
  return asked.every((part) => label.includes(part)) ? 3 : null;
}

/** Those of the entries that fit what was typed, the best first; all of them, as they stand, when nothing was. */
export function findEntries(entries: readonly PaletteEntry[], typed: string): PaletteEntry[] {
  const query = plain(typed.trim());
  if (query === "") return [...entries];
  return entries
    .flatMap((entry) => {
      const far = distance(entry, query);
      return far === null ? [] : [{ entry, far }];
    })
    .sort((a, b) => a.far - b.far)
    .map(({ entry }) => entry);
}
