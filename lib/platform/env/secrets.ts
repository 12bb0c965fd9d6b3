import { z } from "zod";
import { group, variable, wholeNumber } from "./setting";

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

/** What is signed and sealed with, and how passwords are kept. */
export const secrets = group({
  /** Newest first: the first signs, all verify. */
  authSecrets: variable("AUTH_SECRET", authSecrets),
  passwordHash: variable("PASSWORD_HASH", passwordHash.default("bcrypt")),
  bcryptCost: variable("BCRYPT_COST", wholeNumber(10, 15).default(10)),
});
