import { z } from "zod";
import { verifyPassword, withPlaceInLine } from "@/lib/platform/secrets/password";
import { renewHash } from "../renew-hash";
import type { Provider } from "./provider";

/**
 * What is typed to sign in. Deliberately loose: the rules for new passwords are not told to a stranger, and an
 * old password that broke a later rule still opens its door.
 */
export const passwordForm = z.object({
  email: z.string({ error: "required" }).trim().min(1, "required").max(1_000, "invalid"),
  password: z.string({ error: "required" }).min(1, "required").max(1_000, "invalid"),
});

/** E-mail address and password, by the hash that is kept here. */
export const password: Provider<typeof passwordForm> = {
  name: "password",
  form: passwordForm,
  names: ({ email }) => email,
  standsForBoth: false,
  async prove({ email, password }, find) {
    const found = await withPlaceInLine(async () => {
      const known = await find({ email });
      return (await verifyPassword(password, known?.passwordHash ?? null)) ? known : null;
    });
    if (!found?.passwordHash || found.status !== "active") return null;
    const { account, passwordHash } = found;
    return { ...found, passwordHash: await renewHash({ id: account.id, passwordHash }, password) };
  },
  shown: {
    kind: "form",
    fields: [
      { name: "email", label: "email", type: "email", autoComplete: "username webauthn" },
      { name: "password", label: "password", type: "password", autoComplete: "current-password" },
    ],
    submit: "submit",
  },
};
