import { appendFileSync, statSync } from "node:fs";
import path from "node:path";
import { runFolder } from "./run-folder";

// One byte an answer, so that all workers of a run can count in one file.
const countFile = () => path.join(runFolder(), "validated-answers");

export function countValidatedAnswer(): void {
  appendFileSync(countFile(), ".");
}

/** How many answers were compared with the OpenAPI document in this run. */
export function validatedAnswers(): number {
  return statSync(countFile(), { throwIfNoEntry: false })?.size ?? 0;
}
