import { z } from "zod";

/** What a reverse proxy asks beyond who is signed in. */
export const ForwardQuery = z.object({
  /** Slugs with commas; who has none of these roles is 403. */
  role: z.string().max(1_000).optional(),
  /** "redirect" answers 302 instead of 401: for proxies that hand the answer on as it is (Caddy, Traefik). */
  signin: z.enum(["redirect"]).optional(),
});
