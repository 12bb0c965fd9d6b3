import { zodResolver } from "@hookform/resolvers/zod";
import { config, z } from "zod";
import { Email, OptionalPersonName } from "@/lib/users/schema";

// zod compiles its parsers with `new Function` where it can; trying is already a CSP violation in the console.
config({ jitless: true });

/** The rules of the profile, the same as the server's. Loaded when the form is about to be used. */
export const profileResolver = zodResolver(z.object({ name: OptionalPersonName, email: Email }));
