/** A list that is not empty. */
type Some<T> = [T, ...T[]];

/** Those of a list that have the same `sign`, together; in the order of the first of each. */
export function alike<T>(list: readonly T[], sign: (one: T) => string): Some<T>[] {
  const groups = new Map<string, Some<T>>();
  for (const one of list) {
    const key = sign(one);
    const known = groups.get(key);
    if (known) known.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}
