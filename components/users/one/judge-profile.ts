import { config, z } from "zod";
import { brokenBy } from "@/components/form/broken-by";
import type { Judge } from "@/components/form/use-fields";
import { Email, OptionalPersonName } from "@/lib/users/schema";

// zod compiles its parsers with `new Function` where it can; trying is already a CSP violation in the console.
config({ jitless: true });

const rules = z.object({ name: OptionalPersonName, email: Email });

/** By the rules of the profile, the same as the server's. Loaded when the form is about to be used. */
export const judgeProfile: Judge<"name" | "email"> = (values) => brokenBy(values, rules);
