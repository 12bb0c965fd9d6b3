/**
 * Where to go after sign-in: a path of this site, or "/" for anything else. Refused are other origins in every
 * spelling a browser accepts: `//host`, `/\host`, control characters and spaces that URL parsers drop, and dot
 * segments that would leave a path which begins with two slashes.
 */
export function safeNext(value: unknown): string {
  if (typeof value !== "string" || value.length > 2_000) return "/";
  if (!/^\/(?!\/)[^\\\u0000-\u0020\u007F-\u00A0]*$/.test(value)) return "/";
  const base = "http://this.invalid";
  if (!URL.canParse(value, base)) return "/";
  const { origin, pathname, search, hash } = new URL(value, base);
  // As the parser writes it: in ASCII, or it could not stand in a Location header.
  return origin === base && !pathname.startsWith("//") ? `${pathname}${search}${hash}` : "/";
}
