import { z } from "zod";
import { isLoopbackHost } from "../is-loopback-host";
import { group, text, variable, wholeNumber } from "./setting";

/** Secrets that are in a sample, a tutorial or a keyboard row are no secrets. */
const SAMPLE_SECRET =
  /^(.)\1*$|change[-_ ]?me|change[-_ ]?this|your[-_ ]?(auth|secret|random)|replace[-_ ]?(me|this|with)|(auth|nextauth)[-_]secret|example|0123456789|123456789012/i;
const SECRET_MIN_BYTES = 32;
const DRAW_ONE = "make one with: openssl rand -base64 33";

const authSecrets = z
  .string({ error: `is missing; ${DRAW_ONE}` })
  .transform((value, context): [string, ...string[]] => {
    const [newest = "", ...older] = value.split(",").map((part) => part.trim());
    for (const secret of [newest, ...older]) {
      if (Buffer.byteLength(secret) < SECRET_MIN_BYTES) {
        context.addIssue(`needs at least ${SECRET_MIN_BYTES} bytes; ${DRAW_ONE}`);
      } else if (SAMPLE_SECRET.test(secret)) context.addIssue(`is a sample value; ${DRAW_ONE}`);
    }
    return [newest, ...older];
  });

const passwordHash = z.enum(["bcrypt", "argon2id"], { error: "must be bcrypt or argon2id" });

const breachedPasswordsUrl = text
  .transform((value) => value.replace(/\/?$/, "/"))
  .refine(isRangeUrl, {
    error: "must be https, or http on this machine, such as https://api.pwnedpasswords.com/range/",
  });

/** An address that digits can be put behind. In the open they would tell a listener which password it may be. */
function isRangeUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username !== "" || password !== "" || /[?#]/.test(value)) return false;
  return protocol === "https:" || (protocol === "http:" && isLoopbackHost(hostname));
}

/** What is signed and sealed with, and how passwords are kept. */
export const secrets = group({
  /** Newest first: the first signs, all verify. */
  authSecrets: variable("AUTH_SECRET", authSecrets),
  passwordMinLength: variable("PASSWORD_MIN_LENGTH", wholeNumber(8, 64).default(8)),
  passwordHash: variable("PASSWORD_HASH", passwordHash.default("bcrypt")),
  bcryptCost: variable("BCRYPT_COST", wholeNumber(10, 15).default(10)),
  /** Where breached passwords are looked up; ends with a slash. undefined: nowhere. */
  breachedPasswordsUrl: variable("BREACHED_PASSWORDS_URL", breachedPasswordsUrl.optional()),
});
