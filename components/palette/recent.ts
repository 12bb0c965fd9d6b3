import { KEPT } from "@/product";
import { PERSON } from "./person-entry";

const KEPT_ENTRIES = 5;

/** What a browser keeps of a person: which entries, never their words. */
type Kept = { person: string; ids: string[] };

function read(): Kept | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT.recentStorage) ?? "null");
    if (typeof kept !== "object" || kept === null) return null;
    const { person, ids } = kept as Record<string, unknown>;
    if (typeof person !== "string" || !Array.isArray(ids)) return null;
    return { person, ids: ids.filter((id) => typeof id === "string").slice(0, KEPT_ENTRIES) };
  } catch {
    return null; // a browser that keeps nothing, or something else
  }
}

/** The entries that this person chose lately in this browser, the last first. */
export function recentEntries(person: string): readonly string[] {
  const kept = read();
  return kept?.person === person ? kept.ids : [];
}

/** Ids of the people among what was chosen lately, whoever chose; the server shows only who may be seen. */
export function recentPeople(): string[] {
  const ids = read()?.ids ?? [];
  return ids.filter((id) => id.startsWith(PERSON)).map((id) => id.slice(PERSON.length));
}

export function rememberEntry(person: string, id: string): void {
  const ids = [id, ...recentEntries(person).filter((other) => other !== id)];
  try {
    localStorage.setItem(
      KEPT.recentStorage,
      JSON.stringify({ person, ids: ids.slice(0, KEPT_ENTRIES) }),
    );
  } catch {
    // Nothing is recent then.
  }
}
