import { expect, test } from "vitest";
import { lengthOf, lineRange, niceAbove } from "./plot-scale";

test.each([
  [0, 1],
  [1, 1],
  [3, 3],
  [5, 5],
  [7, 8],
  [9, 10],
  [11, 20],
  [41, 50],
  [236, 300],
  [4_001, 5_000],
  [999_999, 1_000_000],
])("above %d a scale ends at %d", (value, end) => expect(niceAbove(value)).toBe(end));

test("one among a million is still drawn, and none is not", () => {
  expect(lengthOf(1, 0.0001)).toBe(2);
  expect(lengthOf(0, 0.0001)).toBe(0);
  expect(lengthOf(50, 2)).toBe(100);
});

test.each<[string, number[], number, number]>([
  ["from nothing", [0, 0, 1, 4], 0, 4],
  ["a few among many", [5_000, 5_003, 5_011], 4_998, 5_016],
  ["nothing happens", [40, 40], 39, 41],
  ["twice as many", [500, 900, 1_000], 0, 1_000],
])("a line is drawn within what it needs: %s", (_, values, from, to) =>
  expect(lineRange(values)).toEqual({ from, to }),
);
