import { AsyncLocalStorage } from "node:async_hooks";
import type { VisitedAddress } from "@/lib/platform/http/visited-address";
import { processWide } from "./process-wide";

/** What the HTTP server knows of a request before any framework has touched it. */
export type RequestContext = {
  /** Unique to this request; sent as `X-Request-Id`, written in the log and in audit events. */
  readonly id: string;
  /** The client's address as far as it can be trusted (see client-address.ts); null when unknown. */
  readonly address: string | null;
  /** Came straight from this very machine, as far as anybody can see (client-address.ts). */
  readonly directLoopback: boolean;
  /** Where the browser is, as far as this request shows it. */
  readonly visited?: VisitedAddress;
  /** Path and query that are asked for; only ever something to come back to. */
  readonly target?: string;
  /** The client's User-Agent, cut to 512 characters; null when it sent none. */
  readonly userAgent: string | null;
  /**
   * What a reverse proxy says was asked of it, when it asks on behalf of a client (nginx `X-Original-URI`,
   * Caddy and Traefik `X-Forwarded-Uri`). Anybody can send it: only ever a path to come back to.
   */
  readonly originalUri?: string;
  /** Sent by a page of another origin that may, with nothing that only the browser vouches for (cli/allow-origin.ts). */
  originAllowed?: true;
  /** Whether the connection that it came by is closed. */
  readonly clientGone?: () => boolean;
  /** Set by the database seam when a fault of the database is what broke this request. */
  databaseFault?: boolean;
  /** Set when a page is something else than what was asked for, which it has to say. */
  instead?: Instead;
  /** Set when the framework could not read what a page's form sent. */
  malformed?: boolean;
};

/**
 * Why: a form was sent to an address that is not the one configured, or is of another build; or a page has nothing to show
 * to whoever asks.
 */
type Instead = { why: "address" | "otherBuild" | "refused"; status: number };

function storage(): AsyncLocalStorage<RequestContext> {
  return processWide("request-context", () => new AsyncLocalStorage<RequestContext>());
}

/** Runs `work` and everything it starts with `context` as its request. */
export function runInRequest<T>(context: RequestContext, work: () => T): T {
  return storage().run(context, work);
}

/**
 * The request being served, or null outside one (command line, start-up). Code that grants something must
 * treat null as a stranger: a server that was started without our HTTP server knows no true peer.
 */
export function getRequestContext(): RequestContext | null {
  return storage().getStore() ?? null;
}
