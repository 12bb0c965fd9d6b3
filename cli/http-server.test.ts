import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { rememberClaimed } from "@/lib/bootstrap/installation";
import { shutToRequests } from "@/lib/platform/db";
import { getRequestContext, type RequestContext } from "@/lib/platform/request-context";
import { DIRECT_ROUTES } from "./direct-routes";
import { httpServer } from "./http-server";

/** What stands in for the framework: notes what reached it and answers 200, or what the test says. */
const reached: {
  method: string | undefined;
  headers: IncomingMessage["headers"];
  context: RequestContext | null;
}[] = [];
let answer: (response: ServerResponse) => void;
let server: http.Server;
let port: number;

beforeAll(async () => {
  vi.stubEnv("DATABASE_URL", "postgresql://localhost/test");
  vi.stubEnv("AUTH_SECRET", "kJ8w2LqXz5vR1mNcT7yBhG4dFsPaEuQo");
  vi.stubEnv("BASE_URL", "https://app.example.com");
  vi.stubEnv("TRUSTED_PROXIES", "127.0.0.2");
  vi.stubEnv("NODE_ENV", "production");
  vi.stubEnv("LOG_LEVEL", "silent");
  server = httpServer(async (request, response) => {
    reached.push({
      method: request.method,
      headers: { ...request.headers },
      context: getRequestContext(),
    });
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  reached.length = 0;
  answer = (response) => response.end("hello");
});

type Sent = {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
  /** The local address to come from: another loopback address is another peer. */
  from?: string;
  /** Another server than the one of this file. */
  to?: http.Server;
};

function send({
  method = "GET",
  path = "/",
  headers = {},
  body,
  from = "127.0.0.1",
  to = server,
}: Sent) {
  return new Promise<IncomingMessage & { text: string }>((resolve, reject) => {
    const request = http.request({
      port: (to.address() as AddressInfo).port,
      host: "127.0.0.1",
      localAddress: from,
      method,
      path,
      headers: { host: "localhost", ...headers },
      agent: false,
    });
    request.once("error", reject);
    request.once("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.once("end", () => resolve(Object.assign(response, { text })));
    });
    request.end(body);
  });
}

/** Writes raw bytes and resolves with the whole answer, once the server has hung up. */
function sendRaw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.once("error", reject);
    socket.once("close", () => resolve(text));
  });
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

describe("every answer has the security headers and a request id", () => {
  test.each([
    [200, { path: "/login" }],
    [405, { method: "TRACE" }],
    [404, { path: "/v1/../setup" }],
    [308, { path: "//login" }],
    [405, { method: "PUT", path: "/login" }],
    [405, { method: "POST", path: "/_next/static/a.js", headers: FORM, body: "a=b" }],
    [400, { headers: { host: "a/b" } }],
    [400, { path: "http://evil.example/" }],
    [403, { method: "POST", headers: { ...FORM, origin: "https://evil.example" }, body: "a=b" }],
    [415, { method: "POST", headers: { "content-type": "text/html" }, body: "a" }],
  ])("%i: %j", async (status, sent: Sent) => {
    const { statusCode, headers } = await send(sent);
    expect(statusCode).toBe(status);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
      "strict-transport-security": expect.stringContaining("max-age="),
      "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(headers["x-powered-by"]).toBeUndefined();
  });

  test("a 405 says what is allowed", async () => {
    expect((await send({ method: "PUT", path: "/login" })).headers.allow).toBe("GET, HEAD, POST");
    expect(await sendRaw("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n")).toContain("405");
  });

  test("the nonce is new each time, and the framework is told it", async () => {
    const nonces = new Set<string>();
    for (let i = 0; i < 2; i++) {
      const { headers } = await send({ headers: { "content-security-policy": "script-src *" } });
      const policy = headers["content-security-policy"];
      expect(reached[i]?.headers["content-security-policy"]).toBe(policy);
      nonces.add(/'nonce-([^']+)'/.exec(String(policy))?.[1] ?? "");
    }
    expect(nonces.size).toBe(2);
  });
});

describe("what is known of a client", () => {
  test("forged forwarding headers reach nobody and change nothing", async () => {
    await send({
      headers: {
        "x-forwarded-for": "203.0.113.9",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
        "x-real-ip": "203.0.113.9",
        forwarded: "for=203.0.113.9",
        "x-request-id": "mine",
      },
    });
    const { headers = {}, context = null } = reached[0] ?? {};
    expect(context).toMatchObject({ address: "127.0.0.1", directLoopback: false });
    expect(context?.id).not.toBe("mine");
    expect(JSON.stringify(headers)).not.toMatch(/203\.0\.113\.9|evil\.example/);
  });

  test("a declared proxy is believed about the address, and is no direct loopback", async () => {
    await send({ from: "127.0.0.2", headers: { "x-forwarded-for": "203.0.113.9" } });
    expect(reached[0]?.context).toMatchObject({ address: "203.0.113.9", directLoopback: false });
  });

  test("the same machine, by its own name, is direct loopback", async () => {
    await send({ headers: { host: `localhost:${port}` } });
    expect(reached[0]?.context).toMatchObject({ address: "127.0.0.1", directLoopback: true });
    await send({ headers: { host: "app.example.com" } });
    expect(reached[1]?.context).toMatchObject({ directLoopback: false });
  });

  test("a page asked for on behalf of a request belongs to that request", async () => {
    answer = async (response) => {
      answer = (inner) => inner.end();
      const behalf = String(reached[0]?.headers["x-on-behalf-of"]);
      await send({ headers: { "x-forwarded-for": "1.2.3.4", "x-on-behalf-of": behalf } });
      response.end();
    };
    await send({});
    expect(reached).toHaveLength(2);
    expect(reached[1]?.context).toBe(reached[0]?.context);

    const outdated = String(reached[0]?.headers["x-on-behalf-of"]);
    await send({ headers: { "x-forwarded-for": "1.2.3.4", "x-on-behalf-of": outdated } });
    expect(reached[2]?.context).toMatchObject({ directLoopback: false });
  });
});

describe("a form of a page", () => {
  test.each([
    ["from the configured address", 200, { origin: "https://app.example.com" }],
    ["from the address it is at", 200, { origin: "http://localhost" }],
    ["from no page at all", 200, {}],
    ["from another site", 403, { origin: "https://evil.example" }],
    ["from a sandboxed page", 403, { origin: "null" }],
    ["from a link elsewhere", 403, { "sec-fetch-site": "cross-site" }],
    ["too large", 413, { "content-length": "70000" }],
    ["of no declared length", 411, { "transfer-encoding": "chunked" }],
  ])("%s: %i", async (_name, status, headers) => {
    const sent = { method: "POST", path: "/login", headers: { ...FORM, ...headers }, body: "a=b" };
    expect((await send(sent)).statusCode).toBe(status);
  });

  test("is told to the framework as sent to the configured address, or to the one it is at; never as Origin says", async () => {
    const hosts = async (origin: string, sent: Sent) => {
      await send({ ...sent, headers: { ...sent.headers, origin } });
      return reached.at(-1)?.headers["x-forwarded-host"];
    };
    const form = { method: "POST", path: "/login", headers: FORM, body: "a=b" };
    expect(await hosts("https://app.example.com", form)).toBe("app.example.com");
    expect(await hosts("http://localhost", form)).toBe("localhost");
    expect(await hosts("https://evil.example", { path: "/login" })).toBe("localhost");
    expect(await hosts("https://evil.example", { path: "/v1/users" })).toBe("localhost");
  });
});

describe("what broke a page", () => {
  test.each([
    ["the database", { databaseFault: true }, 500, 503],
    ["the database, on a page that was rendered all the same", { databaseFault: true }, 200, 503],
    ["the database, with a redirect", { databaseFault: true }, 307, 307],
    ["a form nobody can read", { malformed: true }, 500, 400],
    ["a form that another worker could not read", { malformed: true }, 200, 400],
    ["a bug", {}, 500, 500],
  ])("%s", async (_name, flags, sent, heard) => {
    answer = (response) => {
      Object.assign(getRequestContext() ?? {}, flags);
      response.statusCode = sent;
      response.end();
    };
    const { statusCode, headers } = await send({ path: "/login" });
    expect(statusCode).toBe(heard);
    expect(headers["retry-after"]).toBe(heard === 503 ? "5" : undefined);
  });

  test("a JSON route chooses its own status", async () => {
    answer = (response) => {
      Object.assign(getRequestContext() ?? {}, { databaseFault: true });
      response.statusCode = 500;
      response.end();
    };
    expect((await send({ path: "/v1/auth/setup" })).statusCode).toBe(500);
  });
});

describe("below the prefix of an API", () => {
  test.each([
    ["/v1/../setup", 404, "application/problem+json", { code: "NOT_FOUND", status: 404 }],
    ["/V1/auth/setup", 404, "application/problem+json", { code: "NOT_FOUND", status: 404 }],
    ["/api/%2e%2e/setup", 404, "application/json; charset=utf-8", { code: "NOT_FOUND" }],
    ["/auth/..;/setup", 404, "application/json; charset=utf-8", { statusCode: 404 }],
    ["//v1//auth/setup?a=1", 308, "application/problem+json", { code: "MOVED" }],
    ["/health/%ff", 400, "application/problem+json", { code: "BAD_REQUEST" }],
  ])("%s reaches nothing, in the words of its family", async (path, status, type, body) => {
    for (const method of ["GET", "POST", "PUT"]) {
      const headers = { ...FORM, "next-action": "0".repeat(42) };
      const {
        statusCode,
        headers: told,
        text,
      } = await send({
        ...{ method, path, headers },
        ...(method !== "GET" && { body: "a" }),
      });
      expect([statusCode, told["content-type"]]).toEqual([status, type]);
      expect(JSON.parse(text)).toMatchObject(body);
      expect(told["location"]).toBe(status === 308 ? "/v1/auth/setup?a=1" : undefined);
    }
    expect(reached).toEqual([]);
  });

  test("a method that no route serves is asked about like OPTIONS", async () => {
    await send({ method: "TRACE", path: "/v1/users" });
    expect(reached[0]?.method).toBe("OPTIONS");
  });
});

test("health is told to a balancer that asks in HTTP/1.0 and names no host, and nothing else is", async () => {
  expect(await sendRaw("GET /health/ready HTTP/1.0\r\n\r\n")).toContain("200");
  expect(reached.at(-1)?.headers.host).toBe("app.example.com");
  expect(await sendRaw("GET /v1/users HTTP/1.0\r\n\r\n")).toContain("400");
  expect(await sendRaw("GET /health/ready HTTP/1.1\r\n\r\n")).toContain("400");
});

describe("what a server is asked most", () => {
  let direct: http.Server;
  beforeAll(async () => {
    direct = httpServer(async () => {
      throw new Error("The framework is not to be asked.");
    }, DIRECT_ROUTES);
    await new Promise<void>((resolve) => direct.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    shutToRequests(false);
    direct.closeAllConnections();
    direct.close();
  });

  test.each([
    ["/health/live", { status: "ok" }],
    ["/v1/auth/status", { needsSetup: false }],
  ])("%s is answered by its route, past the framework", async (path, said) => {
    rememberClaimed();
    const { statusCode, headers, text } = await send({ path, to: direct });
    expect([statusCode, JSON.parse(text)]).toEqual([200, said]);
    expect(headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const refused = await send({ path, method: "DELETE", to: direct });
    expect([refused.statusCode, refused.headers.allow]).toEqual([405, "GET, HEAD"]);
  });

  test("nobody hears what is claimed before the start has finished, and everybody that it lives", async () => {
    rememberClaimed();
    shutToRequests(true);
    expect((await send({ path: "/v1/auth/status", to: direct })).statusCode).toBe(503);
    expect((await send({ path: "/health/live", to: direct })).statusCode).toBe(200);
  });
});

test.each([
  ["garbage\r\n\r\n", "400"],
  ["GET /v1/users HTTP/1.1\r\n\r\n", "400"],
  ["GET /v1/users HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", "400"],
  [`GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${"x".repeat(20_000)}\r\n\r\n`, "431"],
])("%j is refused", async (bytes, status) => {
  const answer = await sendRaw(bytes);
  expect(answer.split("\r\n")[0]).toContain(status);
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  expect(head).toContain("Content-Type: application/problem+json");
  expect(body).toMatch(new RegExp(`"status":${status},"code":"[A-Z_]+","detail":"[^"]+"}`));
});

test("a header that does not end is cut, and disturbs nobody meanwhile", async () => {
  const started = Date.now();
  const slow = Array.from({ length: 200 }, () => sendRaw("GET / HTTP/1.1\r\nHost: lo"));
  expect((await send({})).statusCode).toBe(200);
  const lines = (await Promise.all(slow)).map((answer) => answer.split("\r\n")[0]);
  expect(new Set(lines)).toEqual(new Set(["HTTP/1.1 408 Request Timeout"]));
  expect(Date.now() - started).toBeLessThan(30_000);
});
