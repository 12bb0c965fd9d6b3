import { PRODUCT } from "@/product";

/** Many expect that our variables begin with our name. */
const PREFIX = new RegExp(`^${PRODUCT.command.toUpperCase()}_`);

/**
 * Those of the names that look like one of ours and are none, with the one that is meant. Other programs' names are in
 * the same environment: a word is only taken for a slip of ours where every part of the name is nearly right.
 */
export function misspelt(
  names: string[],
  known: readonly string[],
): { name: string; meant: string }[] {
  return names.flatMap((name) => {
    if (known.includes(name)) return [];
    const plain = bare(name.toUpperCase().replace(PREFIX, ""));
    const same = known.find((one) => bare(one) === plain);
    const near = same ?? nearest(name.toUpperCase().replace(PREFIX, ""), known);
    return near === undefined ? [] : [{ name, meant: near }];
  });
}

function bare(name: string): string {
  return name.replace(/[^A-Z0-9]/g, "");
}

function nearest(name: string, known: readonly string[]): string | undefined {
  const parts = name.split(/[_-]/);
  const [best] = known
    .flatMap((one) => {
      const theirs = one.split("_");
      // One short word is soon near another: HOME is no HOST, and COST no PORT.
      if (theirs.length < 2 || theirs.length !== parts.length) return [];
      const distances = theirs.map((part, i) => distance(parts[i] ?? "", part));
      const fits = theirs.every((part, i) => (distances[i] ?? 0) <= slipsIn(part));
      const total = distances.reduce((sum, slips) => sum + slips, 0);
      return fits && total <= 3 && total < bare(one).length / 3 ? [{ one, total }] : [];
    })
    .sort((a, b) => a.total - b.total);
  return best?.one;
}

function slipsIn({ length }: string): number {
  return length < 6 ? 1 : length < 7 ? 2 : 3;
}

/** How many letters were left out, added, changed or swapped with the next one. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? (before[j - 2] ?? 0) + 1
          : changed;
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, changed, swapped);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
