/** How many colours app/globals.css has for initials. */
const HUES = 8;

/** Initials on a colour that belongs to the person: the same on every page and after every rename. */
export function Avatar({
  id,
  name,
  size = "base",
}: {
  id: string;
  name: string;
  size?: "base" | "lg";
}) {
  return (
    <span
      className={size === "lg" ? "avatar avatar-lg" : "avatar"}
      data-hue={hueOf(id)}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}

export function hueOf(id: string): number {
  return [...id].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % HUES;
}

export function initials(name: string): string {
  const words = name
    .replace(/@.*/, "")
    .split(/[\s._-]+/u)
    .filter(Boolean);
  const [first = "?", last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return [first, last]
    .map((word) => (word ? ([...word][0] ?? "") : ""))
    .join("")
    .toUpperCase();
}
