import { randomBytes, randomUUID } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { isLeaving } from "@/lib/bootstrap/readiness";
import { CODES, type Code } from "@/lib/codes/codes";
import { env } from "@/lib/platform/env";
import { API_FAMILIES, type ApiFamily } from "@/lib/platform/http/api-family";
import { failureLevel } from "@/lib/platform/http/client-abort";
import {
  type Arrival,
  clientAddress,
  isDirectLoopback,
  isForwardingHeader,
  isTrustedPeer,
  proxySign,
} from "@/lib/platform/http/client-address";
import { DATABASE_RETRY_AFTER } from "@/lib/platform/http/endpoint";
import { problem, sentence } from "@/lib/platform/http/problem";
import { rememberProxy } from "@/lib/platform/http/seen-proxy";
import { type VisitedAddress, visitedAddress } from "@/lib/platform/http/visited-address";
import { log } from "@/lib/platform/log";
import { type RequestContext, runInRequest } from "@/lib/platform/request-context";
import { admitRequest, type Refusal } from "./admit-request";
import { allowOrigin } from "./allow-origin";
import { askForPage } from "./ask-for-page";
import type { DIRECT_ROUTES } from "./direct-routes";
import { headerReader } from "./header-reader";
import { type JudgedPath, judgePath } from "./judge-path";
import { noteAddress } from "./note-address";
import { contentSecurityPolicy, securityHeaders } from "./security-headers";
import { isPlainForm, serveForm } from "./serve-form";
import { serveRoute } from "./serve-route";

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Slow or half-open connections are cut within these (docs/threats.md#paths-forms-and-server-actions). */
const LIMITS = {
  requireHostHeader: false, // admitRequest asks for it, with all headers on the refusal
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 65_000, // longer than the 60 s of usual proxies, so that they and not we end a connection
};

/** What the routes of an API know, each some of them. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Names the request on whose behalf Next asks this server again (for the page an action redirects to). */
const ON_BEHALF_OF = "x-on-behalf-of";

/**
 * The HTTP server in front of the framework. The framework cannot give what must hold before it runs: timeouts,
 * refusals it would answer with a 500, the true peer (it writes forwarding headers of its own), a policy on
 * every response. What is known of a request reaches our code through its context, never through a header.
 *
 * @param handle the framework's request handler
 * @param routes of an API, by path, that answer without the framework
 */
export function httpServer(handle: Handle, routes: typeof DIRECT_ROUTES = new Map()): http.Server {
  const inFlight = new Map<string, RequestContext>();

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const started = performance.now();
    const { method } = request;
    const [path = ""] = (request.url ?? "").split("?", 1);
    const judged = judgePath(request.url ?? "");
    const parent = inFlight.get(String(request.headers[ON_BEHALF_OF]));
    const forwarding = Object.keys(request.headers).filter(isForwardingHeader);
    const visited = visitedBy(request, forwarding);
    const context = parent ?? describeRequest(request, visited, forwarding);
    const secret = randomUUID();
    inFlight.set(secret, context);
    response.once("close", () => {
      inFlight.delete(secret);
      const ms = performance.now() - started;
      if (!parent) logRequest({ method, path, ms }, response, context);
    });

    const policy = contentSecurityPolicy(randomBytes(16).toString("base64"), path);
    response.setHeader("X-Request-Id", context.id);
    response.setHeader("Content-Security-Policy", policy);
    for (const [name, value] of Object.entries(securityHeaders())) response.setHeader(name, value);
    if (isLeaving() || !server.listening) response.setHeader("Connection", "close");

    // From here on every reader of the path reads the same one.
    const refusal = judged.kind === "plain" ? null : otherSpelling(judged);
    const refused =
      refusal ?? (parent ? null : admitRequest(request, { ...judged, path }, visited));
    const misaddressed = refused !== null && asksForPage(request, refused);
    if (refused && !misaddressed) return refuse(response, judged.family, refused);
    if (judged.family === null) {
      correctStatus(response, context);
      if (!parent && (misaddressed || isNavigation(request))) noteAddress(visited);
    } else {
      const allowed = judged.kind === "plain" ? allowOrigin(request, response, path) : null;
      if (allowed === "preflight") return answerPreflight(response);
      if (allowed === "call") context.originAllowed = true;
      // Served as little as any, and answered: 405 with Allow, or 404.
      if (!METHODS.includes(request.method ?? "")) request.method = "OPTIONS";
      // How the framework is asked for an action or a piece of a page, which no API has.
      for (const name of Object.keys(request.headers)) {
        if (/^(rsc$|next-)/.test(name)) delete request.headers[name];
      }
    }

    for (const name of forwarding) delete request.headers[name];
    // Next compares an action's Origin with this. People reach one server by several names; admitRequest has let
    // through the one it is configured for and the one it is called by.
    const { baseUrl } = env();
    const configured = new URL(baseUrl).host;
    request.headers.host ??= configured; // where none is needed
    const { origin, host } = request.headers;
    request.headers["x-forwarded-host"] = origin === baseUrl ? configured : host;
    request.headers[ON_BEHALF_OF] = secret;
    request.headers["content-security-policy"] = policy; // where Next finds the nonce for its scripts
    if (misaddressed) {
      context.instead = { why: "address", status: CODES[refused.code].status };
      response.setHeader("Connection", "close"); // the form is not going to be read
      return runInRequest(context, () => handle(askForPage(request), response));
    }
    const route = judged.family === null ? undefined : routes.get(path);
    if (route)
      return runInRequest(context, async () => serveRoute(await route(), request, response));
    await runInRequest(context, () =>
      judged.family === null && isPlainForm(request) // elsewhere nothing has bounded it
        ? serveForm(handle, request, response, context)
        : handle(request, response),
    );
  };

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch((error) => {
      log()[failureLevel(error)]({ err: error }, "request failed outside the framework");
      if (response.headersSent) response.destroy();
      else refuse(response, judgePath(request.url ?? "").family, { code: "INTERNAL_ERROR" });
    });
  };
  const server = http.createServer(LIMITS, listener);
  server.on("checkExpectation", listener); // an expectation we do not know may be ignored (RFC 9110, 10.1.1)
  server.on("clientError", answerClientError);
  server.on("connect", (_request, socket: Socket) => {
    const Allow = METHODS.join(", ");
    endRaw(socket, "METHOD_NOT_ALLOWED", `Only ${Allow} is allowed here.`, { Allow });
  });
  return server;
}

function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, { "Cache-Control": "no-store" }).end();
}

/** Whether a person waits for a page, and the refusal takes more words than a line. */
function asksForPage({ headers }: IncomingMessage, { address }: Refusal): boolean {
  return address === true && headers["next-action"] === undefined;
}

function isNavigation({ method, headers }: IncomingMessage): boolean {
  return method === "GET" && /text\/html/.test(headers.accept ?? "");
}

function visitedBy(
  { headers, socket, httpVersion }: IncomingMessage,
  forwarding: string[],
): VisitedAddress {
  const header = headerReader(headers);
  const proxied = httpVersion === "1.0" || forwarding.length > 0;
  const trusted = isTrustedPeer(socket.remoteAddress, env().trustedProxies);
  return visitedAddress(header, proxied, trusted ? header("x-forwarded-proto") : null);
}

function describeRequest(
  request: IncomingMessage,
  visited: VisitedAddress,
  forwarding: string[],
): RequestContext {
  const { headers, socket } = request;
  const arrival: Arrival = {
    peer: socket.remoteAddress,
    port: socket.localPort,
    httpVersion: request.httpVersion,
    host: headers.host,
    headerNames: forwarding,
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
    visited,
    target: request.url ?? "/",
    userAgent: headers["user-agent"]?.slice(0, 512) ?? null,
    clientGone: () => socket.destroyed,
    ...(typeof originalUri === "string" && { originalUri }),
  };
}

function otherSpelling(judged: Exclude<JudgedPath, { kind: "plain" }>): Refusal {
  if (judged.kind === "refused") {
    const { status, message } = judged;
    return { message, code: status === 404 ? "NOT_FOUND" : "BAD_REQUEST" };
  }
  const headers = { Location: judged.to };
  return { code: "MOVED", message: `This is at ${judged.to}`, headers };
}

/** Answers in the words of the path's family, and a page's visitor in plain text. */
function refuse(
  response: ServerResponse,
  family: ApiFamily | null,
  { code, message = sentence(code), headers }: Refusal,
): void {
  const reply = family === null ? null : API_FAMILIES[family](code, message);
  response.writeHead(CODES[code].status, {
    "Content-Type": reply ? "application/json; charset=utf-8" : "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
    Connection: "close", // what is still on its way is not going to be read
    ...reply?.headers,
    ...headers,
  });
  response.end(reply ? JSON.stringify(reply.body) : `${message}\n`);
}

/**
 * The framework answers every failure of a page with 500, or renders an error page with 200. A fault of the
 * database becomes 503, so that proxies and clients retry; a form it could not read becomes 400.
 */
function correctStatus(response: ServerResponse, context: RequestContext): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) => {
    const failed = status === 200 || status >= 500;
    if (context.databaseFault && failed) {
      response.setHeader("Retry-After", String(DATABASE_RETRY_AFTER));
      return writeHead(503, ...rest);
    }
    if (context.instead && status === 200) return writeHead(context.instead.status, ...rest);
    // 307 would have the browser send the form again.
    if (context.instead && (status === 307 || status === 308)) return writeHead(303, ...rest);
    return writeHead(context.malformed && failed ? 400 : status, ...rest);
  };
}

/** What the parser refused: too slow, too large, or not HTTP. There is no response object yet, and no path. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET") socket.destroy();
  else if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") {
    endRaw(socket, "REQUEST_TIMEOUT");
  } else if (error.code === "HPE_HEADER_OVERFLOW") {
    endRaw(socket, "HEADERS_TOO_LARGE");
  } else endRaw(socket, "BAD_REQUEST");
}

function endRaw(
  socket: Socket,
  code: Code,
  message?: string,
  more: Record<string, string> = {},
): void {
  const { status, body, headers } = problem(code, message);
  const text = JSON.stringify(body);
  const all = {
    Connection: "close",
    "Content-Length": String(Buffer.byteLength(text)),
    "Cache-Control": "no-store",
    ...headers,
    ...securityHeaders(),
    ...more,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", text].join("\r\n"));
}

/** One line a request. Never the query: links in e-mails carry tokens there. */
function logRequest(
  { method, path, ms }: { method: string | undefined; path: string; ms: number },
  response: ServerResponse,
  { id, address }: RequestContext,
): void {
  const level = path.startsWith("/_next/static/") ? "debug" : "info";
  log()[level](
    {
      requestId: id,
      method,
      path,
      status: response.writableFinished ? response.statusCode : "aborted",
      ms: Math.round(ms),
      address,
    },
    "request",
  );
}
