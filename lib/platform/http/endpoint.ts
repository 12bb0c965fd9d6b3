import type { Code, OtherStatus } from "@/lib/codes/codes";
import { DatabaseUnavailable, isDataException } from "../db";
import { log } from "../log";
import { getRequestContext } from "../request-context";
import { Overloaded } from "../secrets/password";
import { failureLevel } from "./client-abort";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const satisfies readonly Method[];

/** What a route answers with: JSON, or nothing when `body` is undefined. */
export type Reply = {
  status: number;
  body?: unknown;
  /** Sent instead of `body` as it comes; `headers` name its type. One that fails breaks the connection. */
  stream?: ReadableStream<Uint8Array>;
  headers?: Record<string, string>;
};

/**
 * How a family of routes says what is wrong: each published contract has its own error shape. Status and sentence are
 * those of the code, unless a reply has a sentence of its own; `members` stand behind them in the body.
 */
export type ErrorShape = (
  code: Code,
  sentence?: string,
  members?: Record<string, unknown>,
  status?: OtherStatus,
) => Reply;

/** The handlers of one path; `Context` is Next's second argument (`params`). */
type Handlers<Context> = Partial<
  Record<Method, (request: Request, context: Context) => Promise<Reply>>
>;

/** Seconds a client should wait when the database is away. */
export const DATABASE_RETRY_AFTER = 5;

export function withHeaders(reply: Reply, headers: Record<string, string>): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** Adds `Retry-After` (RFC 9110, 10.2.3) in whole seconds. */
export function retryAfter(reply: Reply, seconds: number): Reply {
  return withHeaders(reply, { "Retry-After": String(seconds) });
}

function toResponse({ status, body, stream, headers }: Reply): Response {
  return new Response(stream ?? (body === undefined ? null : JSON.stringify(body)), {
    status,
    headers: {
      ...(body !== undefined && { "Content-Type": "application/json; charset=utf-8" }),
      "Cache-Control": "no-store",
      ...headers,
    },
  });
}

/** The answer to what no handler expects: a fault of the database, too much load, or a bug of ours. */
function answerThrown(error: unknown, shape: ErrorShape): Reply {
  if (error instanceof DatabaseUnavailable) {
    return retryAfter(shape("DATABASE_UNAVAILABLE", error.publicMessage), DATABASE_RETRY_AFTER);
  }
  if (error instanceof Overloaded) return retryAfter(shape("OVERLOADED"), error.retryAfter);
  const requestId = getRequestContext()?.id ?? "unknown";
  log()[failureLevel(error)]({ err: error, requestId }, "request failed");
  if (isDataException(error)) {
    return shape("VALIDATION_FAILED", "A value in the request cannot be read.");
  }
  return shape("INTERNAL_ERROR", `An unexpected error occurred. Request id: ${requestId}.`);
}

/**
 * Turns handlers into the exports of a Next route module. Every answer is `no-store`, every other method is
 * 405 with `Allow` (RFC 9110, 15.5.6), and what a handler throws is answered here in the family's shape.
 */
export function endpoint<Context = unknown>(shape: ErrorShape, handlers: Handlers<Context>) {
  const allowed: string[] = METHODS.filter((method) => handlers[method]);
  if (handlers.GET) allowed.push("HEAD");
  const Allow = allowed.join(", ");

  const refuse = async () => {
    const reply = shape("METHOD_NOT_ALLOWED", `Only ${Allow} is allowed here.`);
    return toResponse(withHeaders(reply, { Allow }));
  };

  const at = (method: Method) => {
    const handle = handlers[method];
    if (!handle) return refuse;
    return async (request: Request, context: Context): Promise<Response> =>
      toResponse(await handle(request, context).catch((error) => answerThrown(error, shape)));
  };

  return {
    GET: at("GET"),
    HEAD: at("GET"), // Next drops the body; without a GET handler this refuses, as it should
    POST: at("POST"),
    PUT: at("PUT"),
    PATCH: at("PATCH"),
    DELETE: at("DELETE"),
    OPTIONS: refuse,
  };
}

/** The exports of a route module for what a family has nothing at: 404 in its shape, whatever the method. */
export function nothingHere(shape: ErrorShape) {
  const refuse = async () => toResponse(shape("NOT_FOUND"));
  return {
    GET: refuse,
    HEAD: refuse,
    POST: refuse,
    PUT: refuse,
    PATCH: refuse,
    DELETE: refuse,
    OPTIONS: refuse,
  };
}
