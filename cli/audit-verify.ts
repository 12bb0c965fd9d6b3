import { type ChainVerdict, verifyChain } from "@/lib/audit/verify-chain";
import { OperatorError } from "./operator-error";

/** Events after which a long walk says how far it is. */
const TELL_EVERY = 100_000;

const REASONS = {
  changed: "was changed",
  unlinked: "does not follow from the one before it",
  missing: "is missing",
};

/** Walks the audit chain and says where it is broken. @throws {OperatorError} when it is */
export async function auditVerify(): Promise<void> {
  const verdict = await verifyChain((walked, of) => {
    if (walked > 0 && walked < of && walked % TELL_EVERY === 0) {
      process.stderr.write(`${walked} of ${of} events are right so far\n`);
    }
  });
  if (verdict.kind === "whole") {
    process.stdout.write(`An unbroken chain: ${walkedWords(verdict)}.\n`);
    return;
  }
  throw new OperatorError(`${fault(verdict)} Right before that: ${walkedWords(verdict)}.`);
}

/** "12 events, from 2026-11-01T08:00:00.000Z to 2026-11-21T12:00:00.000Z" */
function walkedWords({ events, from, to }: ChainVerdict): string {
  if (from === null || to === null) return "no events";
  const count = events === 1 ? "1 event" : `${events} events`;
  return `${count}, from ${from.toISOString()} to ${to.toISOString()}`;
}

function fault(verdict: Exclude<ChainVerdict, { kind: "whole" }>): string {
  switch (verdict.kind) {
    case "broken":
      return `The chain is broken: event ${verdict.at} ${REASONS[verdict.reason]}.`;
    case "cut":
      return `The chain was cut: the last ${verdict.expected - verdict.events} of ${verdict.expected} events are missing.`;
    case "headChanged":
      return "The chain does not end as its head says: the head or the last event was exchanged.";
    case "extra":
      return `${verdict.extra} ${verdict.extra === 1 ? "event stands" : "events stand"} behind the head of the chain; the database did not append them.`;
  }
}
