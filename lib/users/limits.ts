/** What metadata may be at most, for server and browser alike. Apart from schema.ts, so that a page needs no zod for it. */
export const METADATA_MAX_BYTES = 4 * 1024;
export const METADATA_MAX_DEPTH = 5;

export function metadataBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

/** A name that would change what an object is, for whoever merges it into another one. */
export function isPoisonedKey(key: string): boolean {
  return ["__proto__", "constructor", "prototype"].includes(key);
}

/** Whether PostgreSQL can hold a text; JavaScript and JSON can say more. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}
