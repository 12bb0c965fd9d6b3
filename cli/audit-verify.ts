import { type ChainVerdict, verifyChain } from "@/lib/audit/verify-chain";
import { OperatorError } from "./operator-error";

/** Events after which a long walk says how far it is. */
const TELL_EVERY = 20_000;

/** Walks the audit chain and says where it is broken. @throws {OperatorError} when it is */
export async function auditVerify(): Promise<void> {
  const verdict = await verifyChain((walked, of) => {
    if (walked > 0 && walked < of && walked % TELL_EVERY === 0) {
      process.stderr.write(`${walked} of ${of} events are right so far\n`);
    }
  });
  if (verdict.kind === "whole") {
    process.stdout.write(
      `An unbroken chain: ${walkedWords(verdict)}.${waitingWords(verdict.waiting, verdict.since)}\n`,
    );
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

/** Of a server's events none waits for longer than a moment, unless a transaction holds them up. */
function waitingWords(waiting: number, since: Date | null): string {
  if (since === null) return "";
  const wait = waiting === 1 ? "1 newer event waits" : `${waiting} newer events wait`;
  return ` ${wait} to be sealed since ${since.toISOString()}; a running server does that.`;
}

function fault(verdict: Exclude<ChainVerdict, { kind: "whole" }>): string {
  switch (verdict.kind) {
    case "broken":
      return verdict.reason === "missing"
        ? `The chain is broken: event ${verdict.event ?? `at place ${verdict.at}`} is missing.`
        : `The chain is broken: event ${verdict.event} was changed, or the seal of the one before it.`;
    case "cut":
      return `The chain was cut: the last ${verdict.expected - verdict.events} of ${verdict.expected} events are missing.`;
    case "headChanged":
      return "The chain does not end as its head says: the head or the last event was exchanged.";
    case "extra":
      return `${verdict.extra} ${verdict.extra === 1 ? "event stands" : "events stand"} outside the chain; the database did not append ${verdict.extra === 1 ? "it" : "them"}.`;
  }
}
