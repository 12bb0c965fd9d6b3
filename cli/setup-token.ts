import { needsSetup } from "@/lib/bootstrap/installation";
import { ensureSetupToken, mintSetupToken, setupLink } from "@/lib/bootstrap/setup-token";
import { OperatorError } from "./operator-error";

/** Prints the link that lets an owner claim from elsewhere. @throws {OperatorError} once it is claimed */
export async function printSetupToken({ renew }: { renew: boolean }): Promise<void> {
  if (!(await needsSetup())) throw new OperatorError("Already set up: there is no setup token.", 3);
  const token = await (renew ? mintSetupToken() : ensureSetupToken());
  if (token === null) {
    throw new OperatorError(
      "Only the replica that was first to start has the token. For a new one: latchkey setup-token --new",
    );
  }
  process.stdout.write(`${setupLink(token)}\n`);
}
