/** Something the operator can mend. Printed as it is, without a stack; the process exits with `exitCode` (failure.mjs). */
export class OperatorError extends Error {
  override name = "OperatorError";
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
