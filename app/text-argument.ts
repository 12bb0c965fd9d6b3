import { refuseMalformed } from "@/lib/platform/http/malformed";

/** A text that a page's script hands to a server action. Anybody can call an action with anything. @throws {Malformed} */
export function textArgument(value: unknown): string {
  return typeof value === "string" ? value : refuseMalformed("The argument is no text.");
}
