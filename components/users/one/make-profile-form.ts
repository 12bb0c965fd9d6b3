import { zodResolver } from "@hookform/resolvers/zod";
import { createFormControl, type Resolver } from "react-hook-form";
import { config, z } from "zod";
import type { FormControl } from "@/components/form/use-lazy-form";
import { Email, OptionalPersonName } from "@/lib/users/schema";

// zod compiles its parsers with `new Function` where it can; trying is already a CSP violation in the console.
config({ jitless: true });

/** What is typed. */
export type Profile = { name: string; email: string };

const rules = z.object({ name: OptionalPersonName, email: Email });

/** The form with its rules, the same as the server's. Loaded when it is about to be used. */
export function makeProfileForm(defaultValues: Profile): FormControl<Profile> {
  const resolver = zodResolver(rules as z.ZodType<unknown, Profile>) as Resolver<Profile>;
  return createFormControl<Profile>({ resolver, defaultValues, mode: "onTouched" });
}
