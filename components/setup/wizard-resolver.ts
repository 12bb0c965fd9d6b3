import { zodResolver } from "@hookform/resolvers/zod";
import { config, z } from "zod";
import { claimForm } from "@/lib/bootstrap/schema";
import { Password, withPasswordRules } from "@/lib/users/schema";

// zod compiles its parsers with `new Function` where it can; trying is already a CSP violation in the console.
config({ jitless: true });

/** The rules of the whole form, the same as the server's. Loaded when the first field is about to be filled in. */
export function wizardResolver(minLength: number, tokenNeeded: boolean) {
  // zod asks about a form as a whole only once its fields are right; the password is to be judged before, too.
  const password = withPasswordRules(
    z.object({ email: z.string(), password: Password }),
    minLength,
  );
  const setupToken = z.string().trim();
  return zodResolver(
    claimForm(minLength)
      .and(password)
      .and(
        z.object({ setupToken: tokenNeeded ? setupToken.min(1, "setupTokenMissing") : setupToken }),
      ),
  );
}
