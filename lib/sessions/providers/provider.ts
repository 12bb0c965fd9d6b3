import type { Messages } from "next-intl";
import type { z } from "zod";
import type { Locale } from "@/lib/platform/messages";
import type { AccountAtTheDoor } from "../account";

/** Looks up an account: by its id, or by an e-mail address in any spelling. */
export type FindAccount = (
  by: { id: string } | { email: string },
) => Promise<AccountAtTheDoor | null>;

/** Words of the section "signIn" of the messages, by their name; or those that the provider brings itself. */
export type Words = keyof Messages["signIn"] | Record<Locale, string>;

/** A field of what is sent, as it is typed. What is typed into a password is not shown again. */
export type ProviderField = {
  name: string;
  label: Words;
  type: "text" | "email" | "password";
  /** What a browser may fill in (HTML, "autofill"). */
  autoComplete: string;
};

/**
 * A way of signing in: how somebody proves who they are, and nothing else. Everything that follows is done for all of
 * them in sign-in.ts: counting attempts, whether the account is active, the second factor, the session, the audit trail.
 *
 * To add one, write it in a file of its own and name it in PROVIDERS (providers.ts).
 */
export type Provider<Form extends z.ZodType = z.ZodType> = {
  /** Short, of lower-case letters: names the limit on attempts and the fields of the form. */
  name: string;
  /** What is sent, all of it text. What does not fit proves nothing. */
  form: Form;
  /**
   * What of it names the account, as typed: attempts are counted by account too then, because they might be guesses.
   * Null where nobody can guess, and only clients are counted.
   */
  names: ((sent: z.output<Form>) => string) | null;
  /** Whether the proof stands for a second factor as well. */
  standsForBoth: boolean;
  /**
   * Whose sign-in it is, got from `find`; null for what proves nobody. Asked once more when the account's password hash
   * became another one meanwhile.
   *
   * @throws {Overloaded} {DatabaseUnavailable} whatever it is that cannot be asked for the moment: the page says to
   * try again
   */
  prove(sent: z.output<Form>, find: FindAccount): Promise<AccountAtTheDoor | null>;
  /** On the sign-in page: a form of its own, or the button that asks the browser for a passkey. */
  shown:
    | { kind: "form"; fields: readonly ProviderField[]; submit: Words }
    | { kind: "passkeyButton" };
};
