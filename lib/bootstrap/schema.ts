import { z } from "zod";
import { Email, Password, PersonName, withPasswordRules } from "@/lib/users/schema";

/** The wizard's form, checked by the browser as it is typed and by the server before anything is hashed. */
export const claimForm = (minLength: number) =>
  withPasswordRules(z.object({ name: PersonName, email: Email, password: Password }), minLength);
