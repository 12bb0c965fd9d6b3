import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { type SampleUsersCsvOutcome, sampleUsersCsv } from "@/lib/import/read-users-csv";

export type SampleImportOutcome = SampleUsersCsvOutcome | { kind: "forbidden" };

/** Says what the columns of a file of users seem to be, for whoever is going to import it. Keeps nothing. */
export async function sampleImport(
  actor: Actor,
  body: AsyncIterable<Uint8Array>,
): Promise<SampleImportOutcome> {
  return may(actor, "create", "User") ? sampleUsersCsv(body) : { kind: "forbidden" };
}
