import type { z } from "zod";
import type { AccountAtTheDoor } from "../account";

/** Looks up an account: by its id, or by an e-mail address in any spelling. */
export type FindAccount = (
  by: { id: string } | { email: string },
) => Promise<AccountAtTheDoor | null>;

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
   * @throws {Overloaded} {DatabaseUnavailable} and what else it cannot do for the moment
   */
  prove(sent: z.output<Form>, find: FindAccount): Promise<AccountAtTheDoor | null>;
};
