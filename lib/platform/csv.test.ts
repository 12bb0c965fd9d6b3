import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { cellText, csvRecords } from "./csv";

test.each([
  "=HYPERLINK(1)",
  "+1",
  "-1+cmd|' /C calc'!A0",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "＝1+1",
  "＋1",
  "－1",
  "＠a",
])("%j is shown, not run", (cell) => {
  expect(parse(csvRecords([["before", cell]]))).toEqual([["before", `'${cell}`]]);
});

test("everything else comes back as it was, whatever it holds", () => {
  const cells = ["", "a=b", "1-2", 'say "x", y', "two\r\nlines", "ñ 🔑 \u202e", "'quoted", "a;b"];
  expect(parse(csvRecords([cells, cells]))).toEqual([cells, cells]);
});

test("numbers keep their sign, and nothing is an empty cell", () => {
  expect(csvRecords([[-1, 0, true, null, undefined, "x"]])).toBe("-1,0,true,,,x\r\n");
  expect(csvRecords([])).toBe("");
});

test.each(["=1", "'=1", "''+1", "'", "'a", "-", "a=", ""])(
  "%j is read as it was written",
  (cell) => {
    const [[read = ""] = []] = parse(csvRecords([[cell, "x"]])) as string[][];
    expect(cellText(read)).toBe(cell);
  },
);
