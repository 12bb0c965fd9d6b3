import { describe, expect, test } from "vitest";
import { addWords, applyEdit, type Edit, removeWords, undoEdit } from "./edit";

const FILE = `import { b } from "./paths/b";
import { d } from "./paths/d";

model User {
  id Int
  links Link[]
}

const LIST = [
  "one",
];
`;

const edit = (place: Edit["place"], lines: string): Edit => ({ file: "file.ts", place, lines });
const IMPORTS = /^import \{ \w+ \} from "\.\/paths\/(\w+)";$/;

describe("lines", () => {
  test.each<[string, Edit, string]>([
    ["last in a list", edit({ lastIn: "const LIST = [" }, '  "two",\n'), '  "one",\n  "two",\n];'],
    [
      "in a block",
      edit({ behind: /^ {2}\w+ \w+\[\]$/, within: "model User {" }, "  bills Bill[]\n"),
      "  links Link[]\n  bills Bill[]\n}",
    ],
    [
      "first",
      edit({ sortedBy: IMPORTS }, 'import { a } from "./paths/a";\n'),
      '/a";\nimport { b }',
    ],
    [
      "between",
      edit({ sortedBy: IMPORTS }, 'import { c } from "./paths/c";\n'),
      '/c";\nimport { d }',
    ],
    ["last", edit({ sortedBy: IMPORTS }, 'import { e } from "./paths/e";\n'), '/e";\n\nmodel'],
    ["at the end", edit({ atEnd: true }, "\nmodel Bill {\n}\n"), "];\n\nmodel Bill {\n}\n"],
  ])("%s go in, and out again", (_name, one, shown) => {
    const after = applyEdit(FILE, one);
    expect(after).toContain(shown);
    expect(undoEdit(after, one)).toBe(FILE);
  });

  test("a formatter may lay them out anew in the meantime", () => {
    const one = edit({ lastIn: "const LIST = [" }, '  { at: "x", for: [1, 2] },\n');
    const laidOut = applyEdit(FILE, one).replace(
      one.lines,
      '  {\n    at: "x",\n    for: [1, 2],\n  },\n',
    );
    expect(undoEdit(laidOut, one)).toBe(FILE);
  });

  test("without their place it is said where they belong", () => {
    const one = edit({ lastIn: "const OTHER = [" }, '  "two",\n');
    expect(() => applyEdit(FILE, one)).toThrow("file.ts has no place for this");
  });

  test("changed by hand they are not taken for the same", () => {
    const one = edit({ lastIn: "const LIST = [" }, '  "two",\n');
    expect(undoEdit(applyEdit(FILE, one).replace("two", "three"), one)).toBeNull();
  });
});

describe("words", () => {
  const ALL = { title: "T", field: { name: "Name" } };
  const MORE = { field: { name: "Other", due: "Due" }, bills: { title: "Bills" } };
  test("go in, and out again", () => {
    const after = addWords(ALL, MORE);
    expect(after).toEqual({
      title: "T",
      field: { name: "Name", due: "Due" },
      bills: { title: "Bills" },
    });
    expect(removeWords(after, MORE, (path) => path === "field.name")).toEqual(ALL);
  });

  test("a message where there should be a section is a mistake", () => {
    expect(() => addWords({ field: "Field" }, MORE)).toThrow("should be a section");
  });
});
