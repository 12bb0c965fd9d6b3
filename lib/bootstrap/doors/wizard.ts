import { z } from "zod";
import { Email, Password, PersonName } from "@/lib/users/schema";
import type { ClaimOutcome } from "../outcome";
import { type Door, enter } from "./door";
import { readPerson } from "./read-person";

const Body = z.object({ name: PersonName, email: Email, password: Password });

/** Door 5: the page `/setup`. Grants nothing itself; the page signs the new administrator in. */
const wizard: Door = {
  name: "wizard",
  key: { kind: "setupToken" },
  grants: "none",
  read: (body) => readPerson(Body, body, ({ email, name }) => ({ email, name })),
};

/** Claims with what was typed into the wizard. Never throws what the page could say in words. */
export async function claimThroughWizard(typed: {
  name: unknown;
  email: unknown;
  password: unknown;
  setupToken: unknown;
}): Promise<ClaimOutcome> {
  const { setupToken, ...body } = typed;
  return enter(wizard, {
    body,
    text: null,
    setupToken: typeof setupToken === "string" ? setupToken : null,
    idempotencyKey: null,
  });
}
