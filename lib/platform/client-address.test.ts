import { describe, expect, test } from "vitest";
import { clientAddress, isDirectLoopback } from "./client-address";
import { parseEnv, type TrustedProxies } from "./env";

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
  test.each([
    ["127.0.0.1", "localhost:3000", ["host"], true],
    ["::1", "[::1]:3000", ["host"], true],
    ["::ffff:127.0.0.1", "127.0.0.1", ["host", "user-agent"], true],
    ["127.8.9.10", "LOCALHOST", ["host"], true],
    ["203.0.113.9", "localhost", ["host"], false],
    [undefined, "localhost", ["host"], false],
    ["127.0.0.1", undefined, [], false],
    ["127.0.0.1", "app.example.com", ["host"], false],
    ["127.0.0.1", "localhost.example.com", ["host"], false],
    ["127.0.0.1", "localhost:3000/x", ["host"], false],
    ["127.0.0.1", "localhost", ["Host", "X-Forwarded-For"], false],
    ["127.0.0.1", "localhost", ["host", "forwarded"], false],
    ["127.0.0.1", "localhost", ["host", "x-forwarded-host"], false],
    ["127.0.0.1", "localhost", ["host", "X-Real-IP"], false],
    ["127.0.0.1", "localhost", ["host", "via"], false],
    ["127.0.0.1", "localhost", ["host", "CF-Connecting-IP"], false],
  ])("peer %j, Host %j, headers %j -> %j", (peer, host, names, expected) => {
    expect(isDirectLoopback(peer, host, names)).toBe(expected);
  });
});
