import { describe, expect, test } from "vitest";
import { EMPTY_QUERY, filterText, listHref, placeOf, toggled, viewText } from "./list-query";

const PAGE = { ...EMPTY_QUERY, search: "ann", cursor: "abc", from: "51" };

describe("the place of a page in the list", () => {
  const exact = { value: 5_011, exact: true };

  test.each([
    ["the first page", "", "", 50, { first: 1, last: 50 }],
    ["the first page, whatever is said", "", "900", 50, { first: 1, last: 50 }],
    ["the next", "abc", "51", 50, { first: 51, last: 100 }],
    ["the last", "abc", "5001", 11, { first: 5_001, last: 5_011 }],
    ["beyond the end", "abc", "5001", 12, null],
    ["nobody on it", "abc", "51", 0, null],
    ["nothing said", "abc", "", 50, null],
    ["a first page behind a cursor", "abc", "1", 50, null],
    ["zero", "abc", "0", 50, null],
    ["less", "abc", "-50", 50, null],
    ["a fraction", "abc", "51.5", 50, null],
    ["another notation", "abc", "5e1", 50, null],
    ["a word", "abc", "<b>", 50, null],
    ["more digits than users", "abc", "5100000000", 50, null],
  ])("%s", (_, cursor, from, shown, place) => {
    expect(placeOf({ ...EMPTY_QUERY, cursor, from }, shown, exact)).toEqual(place);
  });

  test("beyond what was counted", () => {
    const total = { value: 10_000, exact: false };
    expect(placeOf({ ...PAGE, from: "10001" }, 50, total)).toEqual({ first: 10_001, last: 10_050 });
  });

  test("is in the address of a page, and goes with it", () => {
    expect(listHref(PAGE, { cursor: "def", from: "101" })).toBe(
      "/users?search=ann&cursor=def&from=101",
    );
    expect(listHref(PAGE, { sort: "name" })).toBe("/users?search=ann&sort=name");
    expect(viewText(PAGE)).toBe("search=ann");
    expect(filterText(PAGE)).toBe("search=ann");
  });
});

test("a value of several is added in order, and taken back", () => {
  expect(toggled("", "b")).toBe("b");
  expect(toggled("b", "a")).toBe("a,b");
  expect(toggled("a,b", "a")).toBe("b");
  expect(toggled("b", "b")).toBe("");
});

test("the zone is said where days are", () => {
  const query = { ...EMPTY_QUERY, zone: "Europe/Madrid" };
  expect(filterText(query)).toBe("");
  expect(filterText({ ...query, createdFrom: "2026-01-31" })).toBe(
    "createdFrom=2026-01-31&zone=Europe%2FMadrid",
  );
});
