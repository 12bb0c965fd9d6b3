import { getRequestContext } from "../request-context";

/** What was sent is nothing that a page of ours sends: the sender's fault, and no bug of ours. */
class Malformed extends Error {
  override name = "Malformed";
}

/**
 * Ends a server action that was called with what no page sends: 400 to its caller, and nothing in the log.
 *
 * @throws {Malformed}
 */
export function refuseMalformed(what: string): never {
  const request = getRequestContext();
  if (request) request.malformed = true;
  throw new Malformed(what);
}
