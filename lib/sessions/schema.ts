import { z } from "zod";

/**
 * What is typed to sign in. Deliberately loose: the rules for new passwords are not told to a stranger, and an
 * old password that broke a later rule still opens its door.
 */
export const passwordForm = z.object({
  email: z.string({ error: "required" }).trim().min(1, "required").max(1_000, "invalid"),
  password: z.string({ error: "required" }).min(1, "required").max(1_000, "invalid"),
});

/** The same in one step: with a code of the authenticator app, or a recovery code, where there is a second factor. */
export const signInForm = passwordForm.extend({
  code: z.string({ error: "invalid" }).max(100, "invalid").optional(),
});

/** The second step in the browser: the ticket that the first one gave, and the code. */
export const secondFactorForm = z.object({
  ticket: z.string().min(1).max(2_000),
  code: z.string().min(1).max(100),
});
export type SecondFactorForm = z.output<typeof secondFactorForm>;

/** What a reverse proxy asks beyond who is signed in. */
export const ForwardQuery = z.object({
  /** Slugs with commas; who has none of these roles is 403. */
  role: z.string().max(1_000).optional(),
  /** "redirect" answers 302 instead of 401: for proxies that hand the answer on as it is (Caddy, Traefik). */
  signin: z.enum(["redirect"]).optional(),
});
