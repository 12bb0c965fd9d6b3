import { expect, test } from "vitest";
import { wizardForm } from "./wizard-form";

const RIGHT = { name: "Ada", email: "ada@example.com", password: "SecurePass456", setupToken: "" };

test.each<[string, Partial<typeof RIGHT>, boolean, object]>([
  ["a form that is right", {}, false, {}],
  ["an address that is read as another text", { email: " Ada@Example.com " }, false, {}],
  ["a token that is needed", { setupToken: " " }, true, { setupToken: "setupTokenMissing" }],
  [
    "the password before the other fields are right",
    { name: "", email: "ada", password: "short" },
    false,
    { name: "required", email: "emailInvalid", password: "passwordTooShort" },
  ],
  [
    "a password with the name in it",
    { name: "Lovelace", password: "lovelace" },
    false,
    { password: "passwordPersonal" },
  ],
])("%s", async (_, typed, tokenNeeded, broken) => {
  const form = wizardForm(8, tokenNeeded, { ...RIGHT, ...typed });
  const fields = Object.keys(RIGHT) as (keyof typeof RIGHT)[];
  for (const field of fields) form.register(field);
  expect(await form.trigger(fields)).toBe(Object.keys(broken).length === 0);
  const told = fields.map((field) => [field, form.getFieldState(field).error?.message]);
  expect(Object.fromEntries(told.filter(([, message]) => message))).toEqual(broken);
});
