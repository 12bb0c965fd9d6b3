import { useEffect, useState } from "react";
import { type PaletteEntry, PEOPLE_SHOWN } from "./palette-data";
import { type Listed, personEntry } from "./person-entry";

const TYPING_PAUSE_MS = 150;
/** One letter finds everybody. */
const SHORTEST = 2;

type Found =
  | { kind: "none" }
  | { kind: "searching" }
  | { kind: "failed" }
  | { kind: "found"; people: readonly PaletteEntry[] };

/**
 * Who is found by what was typed, by the list of the API; one search at a time, and none while somebody types.
 *
 * @param enabled whether the person may look for others
 */
export function usePeople(typed: string, enabled: boolean): { found: Found; again: () => void } {
  const query = typed.trim();
  const wanted = enabled && query.length >= SHORTEST;
  const [answer, setAnswer] = useState<{ query: string; found: Found }>();
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is asked for by its number
  useEffect(() => {
    if (!wanted) return;
    const gone = new AbortController();
    const timer = setTimeout(async () => {
      const found = await search(query, gone.signal);
      if (!gone.signal.aborted) setAnswer({ query, found });
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [query, wanted, attempt]);

  const again = () => {
    setAnswer(undefined);
    setAttempt(attempt + 1);
  };
  if (!wanted) return { found: { kind: "none" }, again };
  return { found: answer?.query === query ? answer.found : { kind: "searching" }, again };
}

async function search(query: string, signal: AbortSignal): Promise<Found> {
  const asked = new URLSearchParams({ search: query, limit: String(PEOPLE_SHOWN) });
  try {
    const answer = await fetch(`/v1/users?${asked}`, { signal });
    if (!answer.ok) return { kind: "failed" };
    const { data } = (await answer.json()) as { data: Listed[] };
    return { kind: "found", people: data.map(personEntry) };
  } catch {
    return { kind: "failed" };
  }
}
