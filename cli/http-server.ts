import { randomBytes, randomUUID } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import {
  type Arrival,
  clientAddress,
  isDirectLoopback,
  isForwardingHeader,
  proxySign,
} from "@/lib/platform/client-address";
import { DATABASE_RETRY_AFTER } from "@/lib/platform/endpoint";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { type RequestContext, runInRequest } from "@/lib/platform/request-context";
import { rememberProxy } from "@/lib/platform/seen-proxy";
import { admitRequest, isJsonRoute, type Refusal } from "./admit-request";
import { contentSecurityPolicy, securityHeaders } from "./security-headers";

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Slow or half-open connections are cut within these (threats: "The web around it"). */
const LIMITS = {
  requireHostHeader: false, // admitRequest asks for it, with all headers on the refusal
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 65_000, // longer than the 60 s of usual proxies, so that they and not we end a connection
};

/** Names the request on whose behalf Next asks this server again (for the page an action redirects to). */
const ON_BEHALF_OF = "x-latchkey-on-behalf-of";

/**
 * The HTTP server in front of the framework. The framework cannot give what must hold before it runs: timeouts,
 * refusals it would answer with a 500, the true peer (it writes forwarding headers of its own), a policy on
 * every response. What is known of a request reaches our code through its context, never through a header.
 *
 * @param handle the framework's request handler
 */
export function httpServer(handle: Handle): http.Server {
  const inFlight = new Map<string, RequestContext>();

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const started = performance.now();
    const [path = ""] = (request.url ?? "").split("?", 1);
    const parent = inFlight.get(String(request.headers[ON_BEHALF_OF]));
    const context = parent ?? describeRequest(request);
    const secret = randomUUID();
    inFlight.set(secret, context);
    response.once("close", () => {
      inFlight.delete(secret);
      if (!parent) logRequest(request, response, path, context, performance.now() - started);
    });

    const policy = contentSecurityPolicy(randomBytes(16).toString("base64"), path);
    response.setHeader("X-Request-Id", context.id);
    response.setHeader("Content-Security-Policy", policy);
    for (const [name, value] of Object.entries(securityHeaders())) response.setHeader(name, value);
    if (!server.listening) response.setHeader("Connection", "close"); // draining

    const refusal = parent ? null : admitRequest(request, path);
    if (refusal) return refuse(response, refusal);
    if (!isJsonRoute(path)) correctStatus(response, context);

    for (const name of Object.keys(request.headers)) {
      if (isForwardingHeader(name)) delete request.headers[name];
    }
    // Next compares an action's Origin with this; admitRequest has already compared it with what is true.
    const { origin, host } = request.headers;
    const originHost = origin && URL.canParse(origin) ? new URL(origin).host : host;
    if (originHost) request.headers["x-forwarded-host"] = originHost;
    request.headers[ON_BEHALF_OF] = secret;
    request.headers["content-security-policy"] = policy; // where Next finds the nonce for its scripts
    await runInRequest(context, () => handle(request, response));
  };

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch((error) => {
      log().error({ err: error }, "request failed outside the framework");
      if (response.headersSent) response.destroy();
      else refuse(response, { status: 500, message: "An unexpected error occurred." });
    });
  };
  const server = http.createServer(LIMITS, listener);
  server.on("checkExpectation", listener); // an expectation we do not know may be ignored (RFC 9110, 10.1.1)
  server.on("clientError", answerClientError);
  server.on("connect", (_request, socket: Socket) => {
    endRaw(socket, "405 Method Not Allowed", "Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  });
  return server;
}

function describeRequest(request: IncomingMessage): RequestContext {
  const { headers, socket } = request;
  const arrival: Arrival = {
    peer: socket.remoteAddress,
    port: socket.localPort,
    httpVersion: request.httpVersion,
    host: headers.host,
    headerNames: Object.keys(headers),
  };
  const sign = proxySign(arrival);
  if (sign !== null) rememberProxy(sign);
  const forwardedFor = headers["x-forwarded-for"];
  const forwarded = Array.isArray(forwardedFor) ? forwardedFor.join(",") : forwardedFor;
  const originalUri = headers["x-original-uri"] ?? headers["x-forwarded-uri"];
  return {
    id: randomUUID(),
    address: clientAddress(socket.remoteAddress, forwarded, env().trustedProxies),
    directLoopback: isDirectLoopback(arrival),
    userAgent: headers["user-agent"]?.slice(0, 512) ?? null,
    ...(typeof originalUri === "string" && { originalUri }),
  };
}

function refuse(response: ServerResponse, { status, message, headers }: Refusal): void {
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
    Connection: "close", // what is still on its way is not going to be read
    ...headers,
  });
  response.end(`${message}\n`);
}

/**
 * The framework answers every failure of a page with 500, or renders an error page with 200. A fault of the
 * database becomes 503, so that proxies and clients retry; a form it could not read becomes 400.
 */
function correctStatus(response: ServerResponse, context: RequestContext): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (context.databaseFault && (status === 200 || status >= 500)) {
      response.setHeader("Retry-After", String(DATABASE_RETRY_AFTER));
      return writeHead(503, ...rest);
    }
    return writeHead(context.malformed && status >= 500 ? 400 : status, ...rest);
  };
}

/** What the parser refused: too slow, too large, or not HTTP. There is no response object yet. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET") socket.destroy();
  else if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") endRaw(socket, "408 Request Timeout");
  else if (error.code === "HPE_HEADER_OVERFLOW") {
    endRaw(socket, "431 Request Header Fields Too Large");
  } else endRaw(socket, "400 Bad Request");
}

function endRaw(socket: Socket, status: string, ...headers: string[]): void {
  const security = Object.entries(securityHeaders()).map(([name, value]) => `${name}: ${value}`);
  const all = [`HTTP/1.1 ${status}`, "Connection: close", "Content-Length: 0"];
  socket.end([...all, ...security, ...headers, "", ""].join("\r\n"));
}

/** One line a request. Never the query: links in e-mails carry tokens there. */
function logRequest(
  { method }: IncomingMessage,
  response: ServerResponse,
  path: string,
  { id, address }: RequestContext,
  milliseconds: number,
): void {
  const level = path.startsWith("/_next/static/") ? "debug" : "info";
  log()[level](
    {
      requestId: id,
      method,
      path,
      status: response.writableFinished ? response.statusCode : "aborted",
      ms: Math.round(milliseconds),
      address,
    },
    "request",
  );
}
