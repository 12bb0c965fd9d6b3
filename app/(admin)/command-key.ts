import { headers } from "next/headers";

/** The key that stands before a letter in the shortcuts of the reader's system, as their keyboard calls it. */
export async function commandKey(): Promise<"⌘" | "Ctrl"> {
  const client = (await headers()).get("user-agent") ?? "";
  return /Mac OS X|iPhone|iPad/.test(client) ? "⌘" : "Ctrl";
}
