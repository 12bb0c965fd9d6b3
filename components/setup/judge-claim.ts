import { config, z } from "zod";
import { claimForm } from "@/lib/bootstrap/schema";
import { Password, withPasswordRules } from "@/lib/users/schema";
import { brokenBy } from "../form/broken-by";
import type { Judge } from "../form/use-fields";
import type { SetupField } from "./claim-state";

// zod compiles its parsers with `new Function` where it can; trying is already a CSP violation in the console.
config({ jitless: true });

/** By the rules of the whole form, the same as the server's. Loaded when the first field is about to be filled in. */
export function judgeClaim(minLength: number, tokenNeeded: boolean): Judge<SetupField> {
  const form = claimForm(minLength);
  // zod asks about a form as a whole only once its fields are right; the password is to be judged before, too.
  const password = withPasswordRules(
    z.object({ email: z.string(), password: Password }),
    minLength,
  );
  const token = z.object({ setupToken: z.string().trim().min(1, "setupTokenMissing") });
  const rules = tokenNeeded ? [form, password, token] : [form, password];
  return (values) => brokenBy(values, ...rules);
}
