import { expect, test } from "vitest";
import { checkedSecret } from "@/lib/platform/secrets/checked-secret";
import { readApiToken } from "./api-token";

/** The checksum is Python's: zlib.crc32 of the rest, in base 62. */
const RANDOM = "Latchkey0123456789ABCDEFGHIJKLMNOPQRSTUVWXY";
const CHECKED = `${RANDOM}4gZu6C`;
const OLD = "k5Yg_-JmAq0yTQ2nL6vX8dRr1cZb3wEoHs7uPfKiG9t";

test.each([
  [`lk_12_${CHECKED}`, { id: 12, secret: CHECKED }],
  [`12|lk_12_${CHECKED}`, { id: 12, secret: CHECKED }],
  [`12|${OLD}`, { id: 12, secret: OLD }],
  [`13|lk_12_${CHECKED}`, null],
  [`lk_012_${CHECKED}`, null],
  [`lk_1234567890_${CHECKED}`, null],
  [`LK_12_${CHECKED}`, null],
  [`lk_12|${CHECKED}`, null],
  [`lk_12_${OLD}`, null],
  [`lk_12_${CHECKED.replace("L", "l")}`, null],
  [`lk_12_${CHECKED.slice(0, -1)}`, null],
  [`lk_12_${CHECKED}0`, null],
  [` lk_12_${CHECKED}`, null],
  ["", null],
])("%s", (text, read) => expect(readApiToken(text)).toEqual(read));

test("a secret is 256 bits in letters and digits, no two alike, and ends in its checksum", () => {
  const secrets = Array.from({ length: 200 }, checkedSecret);
  expect(new Set(secrets).size).toBe(200);
  for (const secret of secrets) {
    expect(secret).toMatch(/^[0-9A-Za-z]{49}$/);
    expect(readApiToken(`lk_1_${secret}`)).toEqual({ id: 1, secret });
  }
  // Each of the 62 stands somewhere among 8,600 that were drawn.
  expect(new Set(secrets.map((secret) => secret.slice(0, 43)).join("")).size).toBe(62);
});
