import { expect, test } from "vitest";
import { isUtf8Of } from "./media-type";

test.each([
  [true, "application/json"],
  [true, " Application/JSON "],
  [true, "application/json;"],
  [true, "application/json; ;"],
  [true, "application/json; charset=utf-8"],
  [true, "application/json;charset=UTF8"],
  [true, 'application/json; charset="Utf-8"'],
  [true, "application/json; charset=utf-8;"],
  [true, "application/json; version=1; charset=utf8; profile=x"],
  [true, 'application/json; profile="a; charset=latin1"'],
  [true, "application/json; odd"],
  [false, "application/json; charset=latin1"],
  [false, "application/json; charset=utf-16"],
  [false, 'application/json; v=1; CHARSET="iso-8859-1"'],
  [false, "application/json; charset=utf-8; charset=latin1"],
  [false, "application/json; charset="],
  [false, "application/json, text/plain"],
  [false, "application/jsonp"],
  [false, "application/problem+json"],
  [false, "text/plain"],
  [false, ""],
  [false, null],
])("%s: %j", (expected, header) => {
  expect(isUtf8Of("application/json", header)).toBe(expected);
});
