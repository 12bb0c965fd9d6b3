import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/platform/env";
import {
  addressFault,
  addressWords,
  type VisitedAddress,
} from "@/lib/platform/http/visited-address";
import { log } from "@/lib/platform/log";

/** Where the server leaves for `doctor`, which sees no request, what it has noticed. */
const noteFile = () => path.join(env().dataDir, "visited-address.json");

type Note = { configured: string; words: string };

/** What has been told; a proxy or a scanner would fill the log with it. */
const told = new Set<string>();

/** Tells the operator, once a kind, that the address visited is not the one configured. */
export function noteAddress(visited: VisitedAddress): void {
  const fault = addressFault(visited);
  if (fault === null || told.has(fault)) return;
  told.add(fault);
  const note: Note = { configured: env().baseUrl, words: addressWords(visited) };
  log().warn({ visited, configured: note.configured }, note.words);
  writeFile(noteFile(), JSON.stringify(note), { mode: 0o600 }).catch((error) => {
    log().debug({ err: error }, "the address visited was not noted");
  });
}

/** What a server with the present BASE_URL has noticed, or null. */
export async function readAddressNote(): Promise<string | null> {
  try {
    const note: Partial<Note> = JSON.parse(await readFile(noteFile(), "utf8"));
    return note.configured === env().baseUrl && typeof note.words === "string" ? note.words : null;
  } catch {
    return null; // nothing was noticed
  }
}
