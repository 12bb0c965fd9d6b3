import { verifyChain } from "@/lib/audit/verify-chain";
import { OperatorError } from "./operator-error";

/** Walks the audit chain and says where it is broken. @throws {OperatorError} when it is */
export async function auditVerify(): Promise<void> {
  const verdict = await verifyChain();
  switch (verdict.kind) {
    case "whole":
      process.stdout.write(`${verdict.events} events, an unbroken chain.\n`);
      return;
    case "broken":
      throw new OperatorError(`The chain is broken at event ${verdict.at} (${verdict.reason}).`);
    case "cut":
      throw new OperatorError(
        `${verdict.events} of ${verdict.expected} events are left; the last ones are missing.`,
      );
  }
}
