import { z } from "zod";
import { isPasswordHash } from "@/lib/platform/secrets/password";
import { Email, type Issue, issuesOf, OptionalPersonName, Password } from "@/lib/users/schema";
import type { NewAdmin } from "../create-first-admin";
import type { ClaimOutcome } from "../outcome";
import { type Door, enter } from "./door";
import { type PersonRead, readPerson } from "./read-person";

const Person = z.object({ email: Email, name: OptionalPersonName });
const WithPassword = Person.extend({ password: Password });

/** A person as the operator names one, with a password or with the hash of one. */
type HeadlessAdmin = {
  email: string;
  name: string | null;
  password: { kind: "plain" | "hash"; value: string };
};

/** Reads somebody whose password is only known as a hash: what cannot be judged is taken on trust. */
function readHashed(person: HeadlessAdmin): PersonRead {
  const parsed = Person.safeParse(person);
  const issues: Issue[] = parsed.success ? [] : issuesOf(parsed.error);
  if (!isPasswordHash(person.password.value)) {
    issues.push({ field: "passwordHash", rule: "invalid" });
  }
  if (!parsed.success || issues.length > 0) return { kind: "invalid", issues };
  const password: NewAdmin["password"] = { kind: "hash", value: person.password.value };
  return { kind: "read", admin: { ...parsed.data, password } };
}

/**
 * Door 6: the operator's own, from the environment or the command line. Needs no token: whoever can start the
 * server owns it.
 */
export async function claimHeadless(
  name: "environment" | "command line",
  person: HeadlessAdmin,
): Promise<ClaimOutcome> {
  const door: Door = {
    name,
    key: { kind: "none" },
    grants: "none",
    read: async () =>
      person.password.kind === "hash"
        ? readHashed(person)
        : readPerson(
            WithPassword,
            { ...person, password: person.password.value },
            ({ email, name }) => ({ email, name }),
          ),
  };
  return enter(door, { body: person, text: null, setupToken: null, idempotencyKey: null });
}
