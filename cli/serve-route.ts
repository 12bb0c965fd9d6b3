import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Route } from "./direct-routes";

const compress = promisify(gzip);
/** Below it a compressed answer would hardly be shorter. */
const COMPRESS_BYTES = 1_024;
/** RFC 9110, 12.5.3: a weight of zero refuses. */
const TAKES_GZIP = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i;

/** Has a route answer by itself, as the framework would have it: same request, same answer, names in lower case. */
export async function serveRoute(
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const handle = route[request.method ?? ""] ?? route["OPTIONS"];
  if (handle === undefined) throw new Error(`no answer to ${request.method} ${request.url}`);
  const answer = await handle(webRequest(request), { params: Promise.resolve({}) });
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) {
    if (name === "vary") response.appendHeader(name, value);
    else if (name !== "set-cookie") response.setHeader(name, value);
  }
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  let body = answer.body === null ? null : Buffer.from(await answer.arrayBuffer());
  if (body !== null && body.length >= COMPRESS_BYTES) {
    response.appendHeader("vary", "Accept-Encoding");
    if (TAKES_GZIP.test(String(request.headers["accept-encoding"] ?? ""))) {
      body = await compress(body);
      response.setHeader("content-encoding", "gzip");
    }
  }
  response.setHeader("content-length", body?.length ?? 0);
  response.end(body ?? undefined);
}

/** The request as a route reads one. The host is nobody's business there: nothing is made of it. */
function webRequest(request: IncomingMessage): Request {
  const { method = "GET", url = "/", headers } = request;
  const known = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  const bodiless = method === "GET" || method === "HEAD" || method === "OPTIONS";
  return new Request(`http://localhost${url}`, {
    method,
    headers: known,
    ...(!bodiless && { body: Readable.toWeb(request) as ReadableStream, duplex: "half" }),
  } as RequestInit);
}
