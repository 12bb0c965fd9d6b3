import { describe, expect, test } from "vitest";
import { parseEnv } from "../env";
import type { TrustedProxies } from "../env/server";
import { type Arrival, clientAddress, isDirectLoopback, proxySign } from "./client-address";

function trusting(value: string): TrustedProxies {
  return parseEnv({
    DATABASE_URL: "postgresql://localhost/test",
    AUTH_SECRET: "kJ8w2LqXz5vR1mNcT7yBhG4dFsPaEuQo",
    TRUSTED_PROXIES: value,
  }).trustedProxies;
}

describe("clientAddress", () => {
  test.each([
    // trusted, peer, X-Forwarded-For, expected
    ["", "203.0.113.9", "127.0.0.1", "203.0.113.9"],
    ["", "::ffff:203.0.113.9", undefined, "203.0.113.9"],
    ["", "2001:DB8:0:0::1", undefined, "2001:db8::1"],
    ["", undefined, "127.0.0.1", null],
    ["", "not an address", undefined, null],
    ["1", "10.0.0.1", undefined, "10.0.0.1"],
    ["1", "10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["1", "10.0.0.1", "127.0.0.1, 203.0.113.9", "203.0.113.9"],
    ["2", "10.0.0.1", "127.0.0.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"],
    ["2", "10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["1", "10.0.0.1", "127.0.0.1, garbage", "10.0.0.1"],
    ["1", "10.0.0.1", "", "10.0.0.1"],
    ["1", "10.0.0.1", ",,,", "10.0.0.1"],
    ["1", "10.0.0.1", "203.0.113.9:51234", "203.0.113.9"],
    ["1", "10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"],
    ["1", "10.0.0.1", "[2001:db8::1]", "2001:db8::1"],
    ["1", "10.0.0.1", "2001:db8::1", "2001:db8::1"],
    ["1", "10.0.0.1", "unknown", "10.0.0.1"],
    ["10.0.0.0/8", "10.0.0.1", "127.0.0.1, 203.0.113.9", "203.0.113.9"],
    ["10.0.0.0/8", "203.0.113.7", "127.0.0.1", "203.0.113.7"],
    ["10.0.0.0/8", "::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["10.0.0.0/8", "10.0.0.1", "203.0.113.9, 10.1.2.3, 10.0.0.2", "203.0.113.9"],
    ["10.0.0.0/8", "10.0.0.1", "10.1.2.3, 10.0.0.2", "10.1.2.3"],
    ["10.0.0.0/8", "10.0.0.1", "203.0.113.9, garbage, 10.0.0.2", "10.0.0.2"],
    ["10.0.0.0/8", "::1", "203.0.113.9", "::1"],
    ["::1, 10.0.0.0/8", "::1", "203.0.113.9, 10.9.9.9", "203.0.113.9"],
    ["fd00::/8", "fd12::1", "2001:db8::7", "2001:db8::7"],
  ])("trusting %j, peer %j, list %j -> %j", (trusted, peer, forwardedFor, expected) => {
    expect(clientAddress(peer, forwardedFor, trusting(trusted))).toBe(expected);
  });

  test("a very long list of its own invention costs little", () => {
    const list = `${"127.0.0.1,".repeat(100_000)}203.0.113.9`;
    expect(clientAddress("10.0.0.1", list, trusting("1"))).toBe("203.0.113.9");
  });
});

describe("isDirectLoopback", () => {
  const STRAIGHT: Arrival = {
    ...{ peer: "127.0.0.1", port: 3000, httpVersion: "1.1", host: "localhost:3000" },
    headerNames: ["host", "user-agent"],
  };

  test.each([
    [true, {}],
    [true, { peer: "::1", host: "[::1]:3000" }],
    [true, { peer: "::ffff:127.0.0.1", host: "127.0.0.1:3000" }],
    [true, { peer: "127.8.9.10", host: "LOCALHOST:3000" }],
    [true, { port: 80, host: "localhost" }],
    [true, { httpVersion: "2.0" }],
    [false, { peer: "203.0.113.9" }],
    [false, { peer: "10.0.0.1" }],
    [false, { peer: undefined }],
    [false, { httpVersion: "1.0" }],
    [false, { httpVersion: "0.9" }],
    [false, { host: undefined }],
    [false, { host: "localhost" }],
    [false, { host: "localhost:80" }],
    [false, { host: "localhost:3001" }],
    [false, { host: "localhost:03000x" }],
    [false, { host: "app.example.com" }],
    [false, { host: "app.example.com:3000" }],
    [false, { host: "localhost.example.com:3000" }],
    [false, { host: "127.0.0.2:3000" }],
    [false, { host: "0.0.0.0:3000" }],
    [false, { host: "localhost:3000/x" }],
    [false, { host: "localhost:3000, localhost:3000" }],
    [false, { headerNames: ["Host", "X-Forwarded-For"] }],
    [false, { headerNames: ["host", "forwarded"] }],
    [false, { headerNames: ["host", "x-forwarded-host"] }],
    [false, { headerNames: ["host", "X-Real-IP"] }],
    [false, { headerNames: ["host", "via"] }],
    [false, { headerNames: ["host", "CF-Connecting-IP"] }],
  ])("%j: %j", (expected, arrival: Partial<Arrival>) => {
    expect(isDirectLoopback({ ...STRAIGHT, ...arrival })).toBe(expected);
  });

  test.each([
    [null, {}],
    ["httpVersion", { httpVersion: "1.0" }],
    ["host", { host: "app.example.com" }],
    ["host", { host: "localhost:8080" }],
    ["header", { headerNames: ["via"] }],
    ["header", { peer: "203.0.113.9", headerNames: ["x-forwarded-for"] }],
    [null, { peer: "203.0.113.9", host: "app.example.com", httpVersion: "1.0" }],
  ])("what gives a proxy away: %s, %j", (sign, arrival: Partial<Arrival>) => {
    expect(proxySign({ ...STRAIGHT, ...arrival })).toBe(sign);
  });
});
