import { randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 256 random bits. */
const RANDOM = 43;
/** Enough for 32 bits. */
const CHECKSUM = 6;

/**
 * 256 random bits and their CRC-32, in letters and digits: 49 characters, which a double click selects whole. The
 * checksum is no secret; it tells a token from what only looks like one, without a database.
 */
export function checkedSecret(): string {
  const random = Array.from({ length: RANDOM }, () => ALPHABET[randomInt(ALPHABET.length)]).join(
    "",
  );
  return random + checksum(random);
}

export function isCheckedSecret(text: string): boolean {
  const random = text.slice(0, RANDOM);
  return text.length === RANDOM + CHECKSUM && text === random + checksum(random);
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let i = 0; i < CHECKSUM; i++) {
    digits = ALPHABET[rest % ALPHABET.length] + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}
