import { z } from "zod";
import type { Snapshot } from "@/components/users/one/snapshot";

const text = z.string().max(20_000);

const Sent = z.object({
  version: text,
  name: text,
  email: text,
  role: z.object({ slug: text, name: text }),
  status: z.enum(["active", "disabled", "invited"]),
  metadata: text,
});

/** What an edit says it began with, or null for anything else: it comes back from the client. */
export function readSnapshot(json: string): Snapshot | null {
  try {
    return Sent.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null; // not JSON
  }
}
