import { expect, test } from "vitest";
import { matchesEtag } from "./if-match";

test.each([
  ['"1"', true],
  ["*", true],
  [" * ", true],
  ['"2", "1"', true],
  [', "2" ,, "1",', true],
  ['"a,b" ,"1"', true],
  ['W/"1"', false],
  ['W/"1", "1"', true],
  ['w/"1"', false],
  ['"2"', false],
  ["1", false],
  ['x"1"', false],
  ['"1" "2"', false],
  ['"1', false],
  ['"1", *', false],
  ["", false],
  [`"${"x".repeat(8_000)}`, false],
])("If-Match: %s", (header, allowed) => {
  expect(matchesEtag(header, '"1"')).toBe(allowed);
});
