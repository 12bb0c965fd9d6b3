import { expect, test } from "vitest";
import { pastedText } from "./pasted-text";

test.each([
  ["one a line", "ana@example.com\nbob@example.com\n"],
  ["with commas", "ana@example.com, bob@example.com"],
  ["with semicolons, as mail programs copy them", "ana@example.com; bob@example.com;"],
  ["with empty lines", "\r\n ana@example.com \r\n\r\nbob@example.com"],
])("addresses %s are a file with a header", (_, text) => {
  expect(pastedText(text)).toBe('email,name\r\n"ana@example.com",""\r\n"bob@example.com",""\r\n');
});

test("names in front of addresses are kept", () => {
  expect(pastedText('Ana Díaz <ana@example.com>\n"Bob" <bob@example.com>, eve@example.com')).toBe(
    'email,name\r\n"ana@example.com","Ana Díaz"\r\n"bob@example.com","Bob"\r\n"eve@example.com",""\r\n',
  );
});

test.each([
  ["rows of a spreadsheet", "ana@example.com\tAna\nbob@example.com\tBob"],
  ["a file with a header", "email,name,role\nana@example.com,Ana,editor"],
  ["a name with a comma", "Díaz, Ana <ana@example.com>"],
  ["nothing", " \n"],
])("%s stays as it is", (_, text) => {
  expect(pastedText(text)).toBe(text);
});
