/**
 * One instance a process. Next bundles the same module more than once (pages, routes, proxy), and the
 * command line brings its own copy, so module scope is not process scope: a pool, a limiter or a queue kept
 * there would exist several times over.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = keyOf(name);
  const shared = globalThis as unknown as Record<symbol, T | undefined>;
  shared[key] ??= make();
  return shared[key];
}

/** Whether this process has made it. */
export function isMade(name: string): boolean {
  return keyOf(name) in globalThis;
}

const keyOf = (name: string) => Symbol.for(`process-wide.${name}`);
