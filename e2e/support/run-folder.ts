export const RUN_FOLDER = "LATCHKEY_TEST_FOLDER";

/** The folder for everything that the tests of this run leave; the tear-down removes it. */
export function runFolder(): string {
  return process.env[RUN_FOLDER] ?? "";
}
