import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { seal, unseal } from "./seal";

const key = randomBytes(32);
const text = "A reply with a secret in it: ключ 🔑";

test("opens with the same key at the same place, and differs each time", () => {
  const [one, two] = [seal(key, text, "a"), seal(key, text, "a")];
  expect(unseal(key, one, "a")).toBe(text);
  expect(one).not.toEqual(two);
  expect(Buffer.from(one).includes("secret")).toBe(false);
  expect(unseal(key, seal(key, "", "a"), "a")).toBe("");
});

test("opens with no other key, at no other place, and not with one bit changed or cut off", () => {
  const sealed = seal(key, text, "a");
  expect(unseal(randomBytes(32), sealed, "a")).toBeNull();
  expect(unseal(key, sealed, "b")).toBeNull();
  for (let i = 0; i < sealed.length; i++) {
    const changed = Uint8Array.from(sealed);
    changed[i] = (changed[i] ?? 0) ^ 1;
    expect(unseal(key, changed, "a"), `byte ${i}`).toBeNull();
    expect(unseal(key, sealed.subarray(0, i), "a"), `cut at ${i}`).toBeNull();
  }
});
