import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { KEPT } from "@/product";

/** 256 random bits, base64url: 43 characters. */
export function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 as 64 hexadecimal characters. For random secrets only; passwords are hashed in password.ts. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** HMAC-SHA-256 as 64 hexadecimal characters. */
export function hmacSha256(key: Uint8Array, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}

/** A 256-bit key for one purpose from the server's secret (HKDF, RFC 5869), so that no two uses share a key. */
export function purposeKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, "", `${KEPT.keyLabel} ${purpose}`, 32));
}

/** Compares in time that depends on neither content nor length: both sides are digested first. */
export function equalInConstantTime(a: string, b: string): boolean {
  return timingSafeEqual(
    createHash("sha256").update(a).digest(),
    createHash("sha256").update(b).digest(),
  );
}
