import { z } from "zod";

/**
 * What is typed to sign in. Deliberately loose: the rules for new passwords are not told to a stranger, and an
 * old password that broke a later rule still opens its door.
 */
export const signInForm = z.object({
  email: z.string({ error: "required" }).trim().min(1, "required").max(1_000, "invalid"),
  password: z.string({ error: "required" }).min(1, "required").max(1_000, "invalid"),
});

export type SignInForm = z.input<typeof signInForm>;
