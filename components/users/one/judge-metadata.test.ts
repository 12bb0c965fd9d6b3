import { expect, test } from "vitest";
import { Metadata } from "@/lib/users/schema";
import { judgeMetadata, type MetadataRule } from "./judge-metadata";

test.each<[string, MetadataRule, number, number]>([
  ["", "empty", 1, 1],
  [" \n ", "empty", 2, 2],
  ["[]", "notObject", 1, 1],
  ["null", "notObject", 1, 1],
  ["{", "endsEarly", 1, 2],
  ['{"a": "b', "endsEarly", 1, 7],
  ['{"a": 1', "endsEarly", 1, 8],
  ["{a: 1}", "needsKey", 1, 2],
  ["{'a': 1}", "singleQuotes", 1, 2],
  ["{\"a\": 'b'}", "singleQuotes", 1, 7],
  ['{"a" 1}', "needsColon", 1, 6],
  ['{\n  "a": 1\n  "b": 2\n}', "needsComma", 3, 3],
  ['{"a": [1 2]}', "needsComma", 1, 10],
  ['{"a": }', "needsValue", 1, 7],
  ['{"a": True}', "needsValue", 1, 7],
  ['{"a": undefined}', "needsValue", 1, 7],
  ['{"a": 1,}', "commaTooMany", 1, 8],
  ['{"a": [1,\n]}', "commaTooMany", 1, 9],
  ['{"a": "b\nc"}', "needsEscape", 1, 9],
  ['{"a": "\\x"}', "badEscape", 1, 8],
  ['{"a": "\\u12"}', "badEscape", 1, 8],
  ['{"a": 01}', "badNumber", 1, 7],
  ['{"a": 1.}', "badNumber", 1, 7],
  ['{"a": +1}', "badNumber", 1, 7],
  ['{"a": 12345678901234567890}', "inexactNumber", 1, 7],
  ['{"a": 1e999}', "inexactNumber", 1, 7],
  ['{"a": 1} x', "extraText", 1, 10],
  ['{"😀": 1, "a" 2}', "needsColon", 1, 14],
  ['{"a": 1, "\\u0061": 2}', "keyTwice", 1, 10],
  ['{"a": {"__proto__": 1}}', "keyRefused", 1, 8],
  ['{"a": "\\u0000"}', "textRefused", 1, 7],
  ['{"a": "\\ud800"}', "textRefused", 1, 7],
  ['{"a": [[[[[]]]]]}', "tooDeep", 1, 11],
  [`{"a": ${"[".repeat(50_000)}`, "tooDeep", 1, 11],
  [`{"a": "${"x".repeat(4_096)}"}`, "tooLarge", 1, 4106],
])("%j is told: %s", (text, rule, line, column) => {
  expect(judgeMetadata(text)).toMatchObject({ kind: "wrong", problem: { rule, line, column } });
});

test("what it takes is what is stored, and counts as it is stored", () => {
  const text = '\t{ "a" : [ { "b" : [ -1.5e3 , true , null ] } ] , "ü" : "\\u00e9" }\r\n';
  expect(judgeMetadata(text)).toEqual({
    kind: "fine",
    value: JSON.parse(text),
    bytes: new TextEncoder().encode(JSON.stringify(JSON.parse(text))).length,
  });
});

/** A small generator with a seed, so that a failure can be seen again. */
function random(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("5,000 mangled texts: it takes none that JSON.parse or the rules refuse, and refuses none without reason", () => {
  const pick = random(1);
  const seed = '{"a": [1, -2.5e3, {"b": "c\\n"}], "d": {"e": null, "f": [true, false]}, "g": ""}';
  const letters = "{}[]\",:\\ \n01e.-+atruefalsn'";
  const strict: MetadataRule[] = [
    "keyTwice",
    "inexactNumber",
    "keyRefused",
    "textRefused",
    "tooDeep",
  ];
  for (let i = 0; i < 5_000; i++) {
    let text = seed;
    for (let edits = pick(3) + 1; edits > 0; edits--) {
      const at = pick(text.length);
      const letter = letters[pick(letters.length)] ?? "";
      text = text.slice(0, at) + (pick(2) ? letter : "") + text.slice(at + pick(2));
    }
    const judged = judgeMetadata(text);
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      parsed = undefined;
    }
    const fine = parsed !== undefined && Metadata.safeParse(parsed).success;
    const refusedByChoice = judged.kind === "wrong" && strict.includes(judged.problem.rule);
    if (!refusedByChoice) expect(judged.kind, text).toBe(fine ? "fine" : "wrong");
    if (judged.kind === "fine") expect(judged.value).toEqual(parsed);
  }
});
