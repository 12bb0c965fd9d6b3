/**
 * Takes turns: every round does each case once, in a new random order, so that whatever else the machine does
 * falls on all of them alike.
 *
 * @param cases functions by name, each of which resolves to the milliseconds it took
 * @returns milliseconds by name, sorted
 */
export async function takeTurns(cases, { rounds, warmUp, signal }) {
  const times = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    signal.throwIfAborted();
    for (const name of shuffled(Object.keys(cases))) {
      const ms = await cases[name](round + warmUp);
      if (round >= 0) times[name].push(ms);
    }
  }
  for (const list of Object.values(times)) list.sort((a, b) => a - b);
  return times;
}

function shuffled(list) {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}

/** The value that `share` of a sorted list does not exceed. */
export function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}

export const median = (list) =>
  percentile(
    list.toSorted((a, b) => a - b),
    0.5,
  );

export const milliseconds = (sorted) =>
  `p50 ${percentile(sorted, 0.5).toFixed(1)} ms, p95 ${percentile(sorted, 0.95).toFixed(1)} ms`;
