/** Pages at /roles/<word> that are no role. One with an underscore is none anyway. */
const TAKEN_BY_PAGES = ["new", "who", "test"];
const SLUG_MAX = 64;

/**
 * A slug for a role of this name that none of `taken` is: `[a-z0-9-]`, at most 64 characters. It never begins with
 * `predefined_`, because it has no underscore.
 */
export function freeSlug(name: string, taken: readonly string[]): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const stem = words?.join("-") ?? "role";
  const used = new Set([...TAKEN_BY_PAGES, ...taken]);
  for (let count = 1; ; count++) {
    const end = count === 1 ? "" : `-${count}`;
    const slug = stem.slice(0, SLUG_MAX - end.length).replace(/-$/, "") + end;
    if (!used.has(slug)) return slug;
  }
}
