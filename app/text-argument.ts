import { refuseMalformed } from "@/lib/platform/http/malformed";

/** A text that a page's script hands to a server action. Anybody can call an action with anything. @throws {Malformed} */
export function textArgument(value: unknown): string {
  return typeof value === "string" ? value : refuseMalformed("The argument is no text.");
}

/** The same for several, of which no more than `most` are taken. @throws {Malformed} */
export function textsArgument(values: unknown, most: number): string[] {
  if (!Array.isArray(values)) return refuseMalformed("The argument is no list.");
  return values.slice(0, most).map(textArgument);
}
