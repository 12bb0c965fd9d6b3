import type { MissingSecret } from "@/lib/bootstrap/check-secret";
import { PRODUCT } from "@/product";

/** What an operator should know of a secret that the database was used with and that is not configured: a line each. */
export function describeMissingSecret({ since, apps }: MissingSecret): string[] {
  const when = since === null ? "" : ` (first missed ${since})`;
  return [
    `AUTH_SECRET is not the one that this database was used with${when}. Nothing was changed in the database.`,
    apps === 0
      ? "Everybody has to sign in again. No authenticator app is lost."
      : `The codes of ${apps} authenticator ${apps === 1 ? "app" : "apps"} cannot be checked, and everybody has to sign in again.`,
    "Passwords, passkeys, recovery codes, API tokens and links work as before.",
    "Put the old secret back: its file auth-secret into the data folder, or behind the new one: AUTH_SECRET=new,old",
    ...(apps === 0
      ? []
      : [
          `If it is gone for good: ${PRODUCT.command} admin disable-2fa --email <address> for each of them.`,
        ]),
  ];
}
