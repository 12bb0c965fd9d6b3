import { zodResolver } from "@hookform/resolvers/zod";
import { createFormControl } from "react-hook-form";
import { config, z } from "zod";
import { claimForm } from "@/lib/bootstrap/schema";
import { Password, withPasswordRules } from "@/lib/users/schema";
import type { FormControl } from "../form/use-lazy-form";
import type { SetupField } from "./claim-state";

// zod compiles its parsers with `new Function` where it can; trying is already a CSP violation in the console.
config({ jitless: true });

type Typed = Record<SetupField, string>;

/** The form with its rules, the same as the server's. Loaded when the first field is about to be filled in. */
export function wizardForm(
  minLength: number,
  tokenNeeded: boolean,
  defaultValues: Typed,
): FormControl<Typed> {
  return createFormControl<Typed>({
    resolver: zodResolver(rules(minLength, tokenNeeded)),
    defaultValues,
    mode: "onChange",
  });
}

function rules(minLength: number, tokenNeeded: boolean) {
  // zod asks about a form as a whole only once its fields are right; the password is to be judged before, too.
  const password = withPasswordRules(
    z.object({ email: z.string(), password: Password }),
    minLength,
  );
  const token = z.object({ setupToken: z.string().trim().min(1, "setupTokenMissing") });
  const parts = tokenNeeded
    ? [claimForm(minLength), password, token]
    : [claimForm(minLength), password];
  // Not as an intersection: it would have to merge what one of them made of an address with what was typed.
  return z.custom<Typed>().superRefine((typed, context) => {
    for (const part of parts) {
      for (const { path, message } of part.safeParse(typed).error?.issues ?? []) {
        context.addIssue({ code: "custom", path, message });
      }
    }
  });
}
