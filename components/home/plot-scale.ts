/** The least of 1 to 6, 8 and 10, times a power of ten, that is as large; 1 for nothing. */
export function niceAbove(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value) ?? 10) * power;
}

/** Pixels for a count, at least two for one: a single sign-in among a thousand is still there. */
export function lengthOf(count: number, unit: number): number {
  return count === 0 ? 0 : Math.max(2, Math.round(count * unit * 10) / 10);
}

/** From where to where a line is drawn. From 0 where that shows more than a flat line near the top. */
export function lineRange(values: readonly number[]): { from: number; to: number } {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (low <= (high - low) * 2) return { from: 0, to: niceAbove(high) };
  const step = niceAbove(Math.max(1, (high - low) / 2));
  return { from: Math.floor((low - 1) / step) * step, to: Math.ceil((high + 1) / step) * step };
}
