import type { ClaimOutcome } from "../outcome";
import { ClaimForm } from "../schema";
import { type Door, enter } from "./door";
import { readPerson } from "./read-person";

/** Door 5: the page `/setup`. The session that it grants is put into the browser's cookie by the page. */
const wizard: Door<"session"> = {
  name: "wizard",
  key: { kind: "setupToken" },
  grants: "session",
  read: (body) => readPerson(ClaimForm, body, ({ email, name }) => ({ email, name })),
};

/** Claims with what was typed into the wizard. Never throws what the page could say in words. */
export async function claimThroughWizard(typed: {
  name: unknown;
  email: unknown;
  password: unknown;
  setupToken: unknown;
}): Promise<ClaimOutcome<"session">> {
  const { setupToken, ...body } = typed;
  return enter(wizard, {
    body,
    text: null,
    setupToken: typeof setupToken === "string" ? setupToken : null,
    idempotencyKey: null,
  });
}
