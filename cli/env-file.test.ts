import { expect, test } from "vitest";
import { parseEnvFile } from "./env-file";

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => Object.fromEntries(parseEnvFile(bytes(text)));
/** The lines that are refused. */
const refused = (file: string | Uint8Array): number[] => {
  try {
    parseEnvFile(typeof file === "string" ? bytes(file) : file);
    return [];
  } catch (error) {
    return [...String(error).matchAll(/line (\d+): /g)].map(([, line]) => Number(line));
  }
};
const utf16 = (text: string, swap: boolean) => {
  const file = Buffer.from(`\ufeff${text}`, "utf16le");
  return swap ? file.swap16() : file;
};

test("a file that Windows has written, with a # inside a password", () => {
  const file =
    "\ufeffHOST=256.1.1.1\r\nFIRST_ADMIN_EMAIL=a@example.com\r\nFIRST_ADMIN_PASSWORD=correct horse#battery 9\r\n";
  expect(read(file)).toEqual({
    HOST: "256.1.1.1",
    FIRST_ADMIN_EMAIL: "a@example.com",
    FIRST_ADMIN_PASSWORD: "correct horse#battery 9",
  });
});

test.each([
  ["A=1", "1"],
  ["  A\t=\t1 \t", "1"],
  ["export A=1", "1"],
  ["export\tA = 1", "1"],
  ["A=", ""],
  ["A=b=c==", "b=c=="],
  ["A=$B $C", "$B $C"],
  ["A=it's", "it's"],
  ['A=a"b"c', 'a"b"c'],
  ["A=b#c", "b#c"],
  ["A=3000 # the port", "3000"],
  ["A=3000 #", "3000"],
  ["A=# nothing", ""],
  ['A="b # c"', "b # c"],
  ["A='b # c' # d", "b # c"],
  ['A=`it\'s "b"`', 'it\'s "b"'],
  ['A="b\\nc"', "b\nc"],
  ["A='b\\nc'", "b\\nc"],
  ['A="b\\tc"', "b\\tc"],
  ['A="b\nc\n"', "b\nc\n"],
  ["# A=2\n\nA=1\n  # c", "1"],
  ["A=1\nA=1", "1"],
  ["A=1\rB=2", "1"],
])("%j is read", (text, value) => {
  expect(read(text)["A"]).toBe(value);
});

test("quotes over lines hide no line after them", () => {
  const pem = "-----BEGIN-----\nMIIB0a+/\nQUJD==\n-----END-----";
  expect(read(`KEY="${pem}"\nB=1`)).toEqual({ KEY: pem, B: "1" });
});

test.each([
  ["no =", "A=1\nB", [2]],
  ["no name", "=1\nA B=2\n1A=3\nA:1=", [1, 2, 3, 4]],
  ["a quote left open", "A=1\nPASSWORD=\"abc\nB='2'", [2]],
  ["a quote left open before another", 'PASSWORD="abc\nB="2"', [1]],
  ["a quote left open before a lower-case name", 'PASSWORD="abc\nb="2"', [1]],
  ["something behind the quotes", 'A="b" c\nB=\'it\'s\'\nC="b\\"c"', [1, 2, 3]],
  ["a # after a blank", "A=b #c", [1]],
  ["a # between blanks in a password", "FIRST_ADMIN_PASSWORD=correct # horse", [1]],
  ["two values for one name", "A=1\nB=2\nA=3", [3]],
  ["typographic quotes", "A=“b”", [1]],
])("%s is refused by the line", (_what, text, lines) => {
  expect(refused(text)).toEqual(lines);
  expect(refused(text.replaceAll("\n", "\r\n"))).toEqual(lines);
});

test("what is not in UTF-8 is read where it says what it is, and refused by the line otherwise", () => {
  for (const swap of [false, true]) {
    expect(parseEnvFile(utf16("A=ñ\r\nB=2", swap))).toEqual(
      new Map([
        ["A", "ñ"],
        ["B", "2"],
      ]),
    );
  }
  expect(refused(Buffer.from("A=1\nB=contraseña", "latin1"))).toEqual([2]);
  expect(refused(Buffer.from("A=1\nB=2", "utf16le"))).toEqual([1, 2]);
});

test("what is refused is not repeated", () => {
  expect(() => parseEnvFile(bytes("PASSWORD=horse #battery"))).toThrow(/^(?!.*(horse|battery))/s);
});
