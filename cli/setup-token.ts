import { mintSetupToken, settleSetupToken, setupLink } from "@/lib/bootstrap/setup-token";
import { PRODUCT } from "@/product";
import { OperatorError } from "./operator-error";

/** Prints the link that lets an owner claim from elsewhere. @throws {OperatorError} once it is claimed */
export async function printSetupToken({ renew }: { renew: boolean }): Promise<void> {
  const settled = await settleSetupToken();
  const claimed = new OperatorError("Already set up: there is no setup token.", 3);
  if (settled.kind === "claimed") throw claimed;
  const token = renew ? await mintSetupToken() : settled.token;
  if (token === null) {
    if (renew) throw claimed; // a moment ago
    throw new OperatorError(
      `Only the replica that was first to start has the token. For a new one: ${PRODUCT.command} setup-token --new`,
    );
  }
  process.stdout.write(`${setupLink(token)}\n`);
}
