import { expect, test } from "vitest";
import { giveBack } from "./give-back";

function typed(values: Record<string, string>): FormData {
  const form = new FormData();
  form.set("$ACTION_REF_1", "");
  form.set("$ACTION_1:0", '{"id":"of-another-build"}');
  for (const [name, value] of Object.entries(values)) form.append(name, value);
  return form;
}

const SIGN_IN = `<form action="" class="a"><input type="hidden" name="$ACTION_REF_2"/><input type="hidden" name="next" value="/"/>
<input id="email" required="" name="email" type="email" value=""/><input type="password" data-secret="" name="password"/></form>`;

test("what was typed is in the form again, secrets are not", () => {
  const html = giveBack(
    SIGN_IN,
    typed({ next: "/evil", email: "ada@example.com", password: "s3cret" }),
  );
  expect(html).toContain('value="ada@example.com"');
  expect(html).toContain('data-given-back="ada@example.com"');
  expect(html).not.toContain("s3cret");
  expect(html).not.toContain("/evil");
});

test.each([
  [
    "a password that is shown",
    '<input type="text" autoComplete="new-password" name="a" value=""/>',
  ],
  ["a code", '<input autocomplete="one-time-code" name="a" value=""/>'],
  ["a token", '<input data-secret="" name="a" value=""/>'],
  ["a file", '<input type="file" name="a"/>'],
])("%s does not come back", (_name, input) => {
  expect(giveBack(`<form>${input}</form>`, typed({ a: "s3cret" }))).not.toContain("s3cret");
});

test("every kind of field", () => {
  const html = `<form><input name="name" value="old"/><textarea name="metadata" rows="3">{}</textarea>
<select name="role"><option value="a" selected="">A</option><option value="b">B</option></select>
<input type="checkbox" name="right" value="x" checked=""/><input type="checkbox" name="right" value="y"/></form>`;
  const filled = giveBack(html, typed({ name: "new", metadata: "\n<b>", role: "b", right: "y" }));
  expect(filled).toContain('<input name="name" value="new" data-given-back="new"/>');
  expect(filled).toContain("\n\n&lt;b&gt;</textarea>");
  expect(filled).toContain('<option value="a">A</option><option value="b" selected="">');
  expect(filled).toContain('value="x"/><input type="checkbox" name="right" value="y" checked=""/>');
});

test.each(['"><script>alert(1)</script>', "a&quot;b", "$&$1$`", "</form>"])(
  "%j stays text",
  (value) => {
    const form = '<form><input name="name" value=""/></form>';
    const html = giveBack(form, typed({ name: value }));
    expect(html.match(/[<>]/g)).toHaveLength(6);
    const [, back = ""] = / value="([^"]*)"/.exec(html) ?? [];
    const read = back.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    expect(read.replaceAll("&amp;", "&")).toBe(value);
  },
);

test("only the form that was sent: another one with a field of that name is left alone", () => {
  const profile =
    '<form><input name="name" value="Ada"/><input name="email" value="a@b.c"/></form>';
  const token =
    '<form><input name="name" value=""/><input type="checkbox" name="abilities" value="*"/></form>';
  const html = giveBack(profile + token, typed({ name: "CI", abilities: "*" }));
  expect(html).toContain(profile);
  expect(html).toContain('name="name" value="CI"');
});
