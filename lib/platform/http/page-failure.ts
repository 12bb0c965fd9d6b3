import { processWide } from "../process-wide";

type Handler = (error: unknown, request: { method: string }) => void;

function slot(): { handle: Handler } {
  return processWide("page-failure", () => ({ handle: () => {} }));
}

/** Says who is told when a page or a server action throws: the HTTP server, which has the request's context. */
export function onPageFailure(handle: Handler): void {
  slot().handle = handle;
}

/** Called by the framework with what a page or a server action threw, before it writes the answer. */
export const pageFailure: Handler = (error, request) => slot().handle(error, request);
