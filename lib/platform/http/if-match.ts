const TAG = String.raw`(?:W/)?"[\x21\x23-\x7E\x80-\xFF]*"`;
const LIST = new RegExp(String.raw`^[ \t,]*${TAG}(?:[ \t]*,[ \t,]*${TAG})*[ \t,]*$`);
const TAGS = new RegExp(TAG, "g");

/**
 * Whether an `If-Match` header allows a change to what now has `etag` (RFC 9110, 13.1.1): `*` allows any, a list
 * does when one of its tags is the same by strong comparison, so a weak one never. What is no such list allows
 * nothing.
 */
export function matchesEtag(header: string, etag: string): boolean {
  if (header.trim() === "*") return true;
  return LIST.test(header) && (header.match(TAGS) ?? []).some((tag) => tag === etag);
}
