import type { EditState } from "./edit-state";

type Stale = Extract<EditState, { kind: "stale" }>;
type Field = "name" | "email" | "role" | "status" | "metadata";

/** Something that somebody else changed since an edit began. */
export type Difference = {
  field: Field;
  /** The name inside the metadata; "" for the other fields. */
  key: string;
  /** As stored: text, a role's slug, a status, JSON. null where there was or is nothing. */
  before: string | null;
  now: string | null;
  /** What saving this edit would put there instead; undefined where it leaves what is there now. */
  yours: string | null | undefined;
};

/** Everything that changed between what was read and what is stored, and what the edit would make of it. */
export function differences({ read, now, typed }: Stale): Difference[] {
  if (read === null) return [];
  const found: Difference[] = [];
  for (const field of ["name", "email"] as const) {
    if (read[field] === now[field]) continue;
    const own = typed[field];
    const touched = own !== undefined && own !== read[field] && own !== now[field];
    const yours = touched ? own || null : undefined;
    found.push({ field, key: "", before: read[field] || null, now: now[field] || null, yours });
  }
  if (read.role.slug !== now.role.slug) {
    found.push({
      field: "role",
      key: "",
      before: read.role.slug,
      now: now.role.slug,
      yours: undefined,
    });
  }
  if (read.status !== now.status) {
    found.push({
      field: "status",
      key: "",
      before: read.status,
      now: now.status,
      yours: undefined,
    });
  }
  const [before, after] = [valuesOf(read.metadata), valuesOf(now.metadata)];
  const own = typed.metadata === undefined ? undefined : valuesOf(typed.metadata);
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(key) ?? null, after.get(key) ?? null];
    if (was === is) continue;
    const mine = own === undefined ? is : (own.get(key) ?? null);
    const yours = mine === is ? undefined : mine;
    found.push({ field: "metadata", key, before: was, now: is, yours });
  }
  return found;
}

/** The values of a JSON object by name, each as JSON that is the same for the same value. */
function valuesOf(json: string): Map<string, string> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== "object" || value === null) return new Map();
    return new Map(Object.entries(value).map(([key, inner]) => [key, sameJson(inner)]));
  } catch {
    return new Map(); // it came back from the client
  }
}

function sameJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
