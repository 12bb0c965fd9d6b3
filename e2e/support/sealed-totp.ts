import type { Secret } from "otpauth";
import { sealTotpSecret } from "@/lib/factors/totp";
import { parseEnv } from "@/lib/platform/env";
import { processWide } from "@/lib/platform/process-wide";
import { databaseEnv } from "./latchkey";

/** The secret of somebody's authenticator app as it is stored by an installation with the tests' AUTH_SECRET. */
export function sealedTotp(userId: string, secret: Secret): string {
  processWide("env", () => parseEnv(databaseEnv("postgresql://nobody@localhost/none")));
  return sealTotpSecret(userId, secret.base32);
}
