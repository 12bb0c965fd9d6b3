import { describe, expect, test } from "vitest";
import { Email, Metadata, OptionalPersonName, PersonName, passwordIssues } from "./schema";

describe("Email", () => {
  test.each([
    ["plain", "a@example.com", "a@example.com"],
    ["trimmed and lower case", "  Ana.B@Example.COM ", "ana.b@example.com"],
    ["full-width letters fold", "ａna@example.com", "ana@example.com"],
    ["plus and apostrophe", "o'brien+x@sub.example.co", "o'brien+x@sub.example.co"],
  ])("%s", (_name, given, canonical) => {
    expect(Email.parse(given)).toBe(canonical);
  });

  test.each([
    ["no at", "example.com"],
    ["no domain dot", "root@localhost"],
    ["two ats", "a@b@example.com"],
    ["full-width at", "a＠example.com"],
    ["small at", "a﹫example.com"],
    ["comma", "a,b@example.com"],
    ["quoted", '"a"@example.com'],
    ["space inside", "a b@example.com"],
    ["control character", "a\u0007@example.com"],
    ["zero-width", "a\u200b@example.com"],
    ["cyrillic a", "а@example.com"],
    ["leading dot", ".a@example.com"],
    ["double dot", "a..b@example.com"],
    ["hyphen first in domain", "a@-example.com"],
    ["65 before the at", `${"a".repeat(65)}@example.com`],
    [
      "256 in all",
      `a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(12)}`,
    ],
  ])("refuses %s", (_name, given) => {
    expect(Email.safeParse(given).success).toBe(false);
  });
});

describe("names", () => {
  test.each([
    ["composed and trimmed", " Jose\u0301 ", "José"],
    ["markup is text", "<script>alert(1)</script>", "<script>alert(1)</script>"],
  ])("%s", (_name, given, kept) => {
    expect(PersonName.parse(given)).toBe(kept);
  });

  test.each([
    ["blank", "   ", "required"],
    ["NUL", "a\0b", "nameCharacters"],
    ["newline", "a\nb", "nameCharacters"],
    ["zero-width", "a\u200bb", "nameCharacters"],
    ["lone surrogate", "a\ud800", "nameCharacters"],
    ["256 characters", "a".repeat(256), "nameTooLong"],
    ["a number", 7, "invalid"],
    ["an array", ["a"], "invalid"],
  ])("refuses %s", (_name, given, rule) => {
    expect(PersonName.safeParse(given).error?.issues.map((issue) => issue.message)).toEqual([rule]);
  });

  test("an optional name may be absent, null or blank", () => {
    for (const given of [undefined, null, "", "  "])
      expect(OptionalPersonName.parse(given)).toBe(null);
  });
});

describe("passwordIssues", () => {
  const person = { email: "ana@example.com", name: "Ana Díaz" };
  test.each([
    ["eight characters", "abcdefgh", []],
    ["seven", "abcdefg", ["passwordTooShort"]],
    ["four emoji count as four", "😀😀😀😀", ["passwordTooShort"]],
    ["72 bytes", "x".repeat(72), []],
    ["73 bytes", "x".repeat(73), ["passwordTooManyBytes"]],
    ["19 emoji are 76 bytes", "😀".repeat(19), ["passwordTooManyBytes"]],
    ["the e-mail in capitals", "ANA@example.com", ["passwordPersonal"]],
    ["the name", "ana díaz", ["passwordPersonal"]],
    ["the name run together", "AnaDíaz", ["passwordTooShort", "passwordPersonal"]],
    ["a lone surrogate", "abcdefgh\udc00", ["passwordNotText"]],
    ["a NUL", "abcd\0efgh", ["passwordNotText"]],
    ["spaces are characters", "        ", []],
  ])("%s", (_name, password, issues) => {
    expect(passwordIssues(password, person, 8)).toEqual(issues);
  });

  test("the floor can be raised", () => {
    expect(passwordIssues("fourteen chars", person, 15)).toEqual(["passwordTooShort"]);
  });
});

describe("Metadata", () => {
  test.each([
    ["five levels", { a: { b: { c: { d: { e: 1 } } } } }, true],
    ["six levels", { a: { b: { c: { d: { e: { f: 1 } } } } } }, false],
    ["an array", [], false],
    ["null", null, false],
    ["4 KiB", { a: "x".repeat(4096 - 8) }, true],
    ["more", { a: "x".repeat(4096 - 7) }, false],
    ["__proto__", JSON.parse('{"__proto__":{"a":1}}'), false],
    ["constructor deep inside", { a: [{ constructor: 1 }] }, false],
    ["a NUL", { a: "\0" }, false],
    ["a lone surrogate in a key", { "\ud800": 1 }, false],
  ])("%s", (_name, given, fine) => {
    expect(Metadata.safeParse(given).success).toBe(fine);
  });
});
