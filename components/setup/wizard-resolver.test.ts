import { expect, test } from "vitest";
import { wizardResolver } from "./wizard-resolver";

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
  const resolve = wizardResolver(8, tokenNeeded);
  const options = { fields: {}, shouldUseNativeValidation: false };
  const { errors } = await resolve({ ...RIGHT, ...typed }, undefined, options);
  const told = Object.entries(errors).map(([field, error]) => [field, error?.message]);
  expect(Object.fromEntries(told)).toEqual(broken);
});
