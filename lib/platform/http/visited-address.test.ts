import { beforeEach, describe, expect, test, vi } from "vitest";
import { isMisaddressed } from "./same-origin";
import {
  addressFault,
  addressWords,
  hostWasChanged,
  losesSession,
  visitedAddress,
  visitedOrigin,
} from "./visited-address";

const settings = vi.hoisted(() => ({ baseUrl: "https://app.example.com", https: true }));
vi.mock("../env", () => ({ env: () => settings }));

beforeEach(() => {
  Object.assign(settings, { baseUrl: "https://app.example.com", https: true });
});

type Headers = Record<string, string>;
const reader = (headers: Headers) => (name: string) => headers[name] ?? null;
const visit = (headers: Headers, proxied = false, trusted: string | null = null) =>
  visitedAddress(reader(headers), proxied, trusted);

describe("the scheme that is seen", () => {
  test.each<[string, Headers, boolean, string | null, "http" | "https" | null]>([
    ["straight, by the socket", { host: "app.example.com" }, false, null, "http"],
    ["behind a proxy that says nothing", { host: "app.example.com" }, true, null, null],
    ["as a believed proxy says", { host: "app.example.com" }, true, "https", "https"],
    ["not what a believed proxy makes up", { host: "app.example.com" }, true, "gopher", null],
    ["by the form's origin", { host: "a", origin: "http://a" }, true, "https", "http"],
    [
      "by what browsers send over https",
      { host: "a", "sec-fetch-mode": "navigate" },
      true,
      null,
      "https",
    ],
    [
      "not by what they send to loopback",
      { host: "localhost", "sec-fetch-mode": "navigate" },
      false,
      null,
      "http",
    ],
  ])("%s", (_name, headers, proxied, trusted, scheme) => {
    expect(visit(headers, proxied, trusted).scheme).toBe(scheme);
  });
});

test.each<[string, Headers, boolean, "host" | "scheme" | null]>([
  ["right", { host: "app.example.com", "sec-fetch-mode": "navigate" }, false, null],
  [
    "right, with the port nobody writes",
    { host: "App.Example.com:443", "sec-fetch-mode": "cors" },
    false,
    null,
  ],
  [
    "right, though the proxy changed the host",
    { host: "127.0.0.1:3000", origin: "https://app.example.com" },
    true,
    null,
  ],
  ["right as far as can be seen", { host: "app.example.com" }, true, null],
  ["http instead of https", { host: "app.example.com" }, false, "scheme"],
  ["another name", { host: "intranet", origin: "https://intranet" }, false, "host"],
  [
    "another port",
    { host: "app.example.com:8443", origin: "https://app.example.com:8443" },
    false,
    "host",
  ],
])("an address that is %s", (_name, headers, proxied, fault) => {
  expect(addressFault(visit(headers, proxied))).toBe(fault);
});

test("the host that a proxy has changed is known by the form's origin", () => {
  const changed = visit({ host: "127.0.0.1:4310", origin: "https://127.0.0.1:4316" });
  expect([hostWasChanged(changed), visitedOrigin(changed)]).toEqual([
    true,
    "https://127.0.0.1:4316",
  ]);
  expect(addressWords(changed)).toMatch(
    /https:\/\/127\.0\.0\.1:4316.*127\.0\.0\.1:4310.*BASE_URL=.*proxy_set_header Host \$http_host;/,
  );
  // Where the browser's address is hidden, none is proposed.
  expect(addressWords(visit({ host: "127.0.0.1:4310" }, true))).not.toContain("BASE_URL=http");
});

test("over http a browser drops the cookie of https, but not on loopback", () => {
  const at = (origin: string) => losesSession(visit({ host: new URL(origin).host, origin }));
  expect(["http://app.example.com", "https://app.example.com"].map(at)).toEqual([true, false]);
  expect(["http://localhost:3000", "http://127.0.0.1:3000"].map(at)).toEqual([false, false]);
  Object.assign(settings, { baseUrl: "http://app.example.com", https: false });
  expect(at("http://app.example.com")).toBe(false);
});

test.each<[string, Headers, boolean]>([
  ["a page elsewhere", { host: "app.example.com", origin: "https://evil.example" }, false],
  [
    "whatever the browser calls cross-site",
    { host: "x", origin: "https://x", "sec-fetch-site": "cross-site" },
    false,
  ],
  ["an opaque page", { host: "127.0.0.1:3000", origin: "null" }, false],
  [
    "our page behind a proxy that changes the host",
    { host: "127.0.0.1:3000", origin: "https://intranet" },
    true,
  ],
  ["our page over http", { host: "127.0.0.1:3000", origin: "http://app.example.com" }, true],
])("blames the address or not: %s", (_name, headers, blamed) => {
  expect(isMisaddressed(reader(headers))).toBe(blamed);
});
