import { zodResolver } from "@hookform/resolvers/zod";
import { config, z } from "zod";
import { claimForm } from "@/lib/bootstrap/schema";

// zod compiles its parsers with `new Function` where it can; trying is already a CSP violation in the console.
config({ jitless: true });

/** The rules of the whole form, the same as the server's. Loaded when the first field is about to be filled in. */
export function wizardResolver(minLength: number, tokenNeeded: boolean) {
  const form = claimForm(minLength);
  if (!tokenNeeded) return zodResolver(form.and(z.object({ setupToken: z.string() })));
  const token = z.object({ setupToken: z.string().trim().min(1, "setupTokenMissing") });
  return zodResolver(form.and(token));
}
