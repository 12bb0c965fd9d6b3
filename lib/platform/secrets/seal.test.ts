import { expect, test } from "vitest";
import { parseEnv } from "../env";
import { processWide } from "../process-wide";
import { seal, unseal } from "./seal";

const OLD = "kJ8w2LqXz5vR1mNcT7yBhG4dFsPaEuQo";
const NEW = "Zp3n8WcYt6sDfA1gHjKqLx0vBbMrEi9U";

/** From here on the process has these secrets, newest first. */
let secrets = [OLD];
processWide("env", () => ({
  ...parseEnv({ DATABASE_URL: "postgresql://localhost/test", AUTH_SECRET: OLD }),
  get authSecrets() {
    return secrets;
  },
}));

const text = "A reply with a secret in it: ключ 🔑";

test("opens for the same purpose at the same place, and differs each time", () => {
  const [one, two] = [seal("p", text, "a"), seal("p", text, "a")];
  expect(unseal("p", one, "a")).toBe(text);
  expect(one).not.toEqual(two);
  expect(Buffer.from(one).includes("secret")).toBe(false);
  expect(unseal("p", seal("p", "", "a"), "a")).toBe("");
});

test("opens for no other purpose, at no other place, and not with one bit changed or cut off", () => {
  const sealed = seal("p", text, "a");
  expect(unseal("q", sealed, "a")).toBeNull();
  expect(unseal("p", sealed, "b")).toBeNull();
  for (let i = 0; i < sealed.length; i++) {
    const changed = Uint8Array.from(sealed);
    changed[i] = (changed[i] ?? 0) ^ 1;
    expect(unseal("p", changed, "a"), `byte ${i}`).toBeNull();
    expect(unseal("p", sealed.subarray(0, i), "a"), `cut at ${i}`).toBeNull();
  }
});

test("opens after a rotation while the old secret is kept, and not without it", () => {
  secrets = [OLD];
  const sealed = seal("p", text, "a");
  secrets = [NEW, OLD];
  expect(unseal("p", sealed, "a")).toBe(text);
  const renewed = seal("p", text, "a");
  secrets = [NEW];
  expect(unseal("p", sealed, "a")).toBeNull();
  expect(unseal("p", renewed, "a")).toBe(text);
});
