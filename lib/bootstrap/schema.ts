import { z } from "zod";
import { Email, Password, PersonName, withPasswordRules } from "@/lib/users/schema";

/** What the wizard sends. */
export const ClaimForm = z.object({ name: PersonName, email: Email, password: Password });

/** The same as the browser checks it while it is typed: with what the server judges of a password before it hashes. */
export const claimForm = (minLength: number) => withPasswordRules(ClaimForm, minLength);
