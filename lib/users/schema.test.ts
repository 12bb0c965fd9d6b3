import { describe, expect, test } from "vitest";
import { Email, Metadata, OptionalPersonName, PersonName, passwordIssues } from "./schema";

describe("Email", () => {
  test.each([
    ["plain", "a@example.com", "a@example.com"],
    ["trimmed and lower case", "  Ana.B@Example.COM ", "ana.b@example.com"],
    ["full-width letters fold", "ａna@example.com", "ana@example.com"],
    ["a domain in its own letters", "ada@Müller.example", "ada@xn--mller-kva.example"],
    ["the same in combining marks", "ada@mu\u0308ller.example", "ada@xn--mller-kva.example"],
    ["the same as the DNS has it", "ADA@XN--MLLER-KVA.example", "ada@xn--mller-kva.example"],
    ["a sharp s is no ss", "ada@straße.example", "ada@xn--strae-oqa.example"],
    ["Chinese, with its own dot", "li@例子。测试", "li@xn--fsqu00a.xn--0zwm56d"],
    ["dots are kept", "a.b@example.com", "a.b@example.com"],
    ["plus and apostrophe", "o'brien+x@sub.example.co", "o'brien+x@sub.example.co"],
  ])("%s", (_name, given, canonical) => {
    expect(Email.parse(given)).toBe(canonical);
  });

  test.each([
    ["no at", "example.com", "emailInvalid"],
    ["no domain dot", "root@localhost", "emailInvalid"],
    ["two ats", "a@b@example.com", "emailInvalid"],
    ["full-width at", "a＠example.com", "emailInvalid"],
    ["small at", "a﹫example.com", "emailInvalid"],
    ["comma", "a,b@example.com", "emailInvalid"],
    ["quoted", '"a"@example.com', "emailInvalid"],
    ["space inside", "a b@example.com", "emailInvalid"],
    ["control character", "a\u0007@example.com", "emailHidden"],
    ["zero-width", "a\u200b@example.com", "emailHidden"],
    ["zero-width in the domain", "ada@mü\u200bller.example", "emailHidden"],
    ["soft hyphen", "a\u00adda@example.com", "emailHidden"],
    ["direction mark", "\u202aada@example.com\u202c", "emailHidden"],
    ["cyrillic a", "а@example.com", "emailLetters"],
    ["an accent", "josé@example.com", "emailLetters"],
    ["leading dot", ".a@example.com", "emailDots"],
    ["trailing dot", "a.@example.com", "emailDots"],
    ["double dot", "a..b@example.com", "emailDots"],
    ["hyphen first in domain", "a@-example.com", "emailInvalid"],
    ["a domain with a port", "a@müller.example:25", "emailInvalid"],
    ["a domain with a path", "a@müller.example/x", "emailInvalid"],
    ["a domain with a user", "a@x:y@müller.example", "emailInvalid"],
    ["an escaped domain", "a@m%C3%BCllerü.example", "emailInvalid"],
    ["65 before the at", `${"a".repeat(65)}@example.com`, "emailInvalid"],
    [
      "256 in all",
      `a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(12)}`,
      "emailTooLong",
    ],
  ])("refuses %s", (_name, given, rule) => {
    expect(Email.safeParse(given).error?.issues.map(({ message }) => message)).toEqual([rule]);
  });
});

describe("names", () => {
  test.each([
    ["composed and trimmed", " Jose\u0301 ", "José"],
    ["markup is text", "<script>alert(1)</script>", "<script>alert(1)</script>"],
    ["Persian with its joiner", "علی\u200Cرضا", "علی\u200Cرضا"],
    ["Hindi with its joiner", "क्\u200Dष", "क्\u200Dष"],
    ["an emoji of several", "👩\u200D💻", "👩\u200D💻"],
    ["one with a tone", "👩🏽\u200D💻 ❤️", "👩🏽\u200D💻 ❤️"],
    ["a form of a Chinese character", "葛\u{E0100}城", "葛\u{E0100}城"],
  ])("%s", (_name, given, kept) => {
    expect(PersonName.parse(given)).toBe(kept);
  });

  test.each([
    ["blank", "   ", "required"],
    ["NUL", "a\0b", "nameCharacters"],
    ["newline", "a\nb", "nameCharacters"],
    ...[
      ...["\u200B", "\u200C", "\u200D", "\u200E", "\u200F", "\u202A", "\u202D", "\u202E", "\u2060"],
      ...[
        "\u2066",
        "\u2069",
        "\uFEFF",
        "\u00AD",
        "\u034F",
        "\u061C",
        "\u2028",
        "\u3164",
        "\u{E0041}",
      ],
    ].map((mark): [string, string, string] => [
      `U+${mark.codePointAt(0)?.toString(16)}`,
      `a${mark}b`,
      "nameCharacters",
    ]),
    ["a joiner at the end", "علی\u200C", "nameCharacters"],
    ["a direction mark in front", "\u202EAda", "nameCharacters"],
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
