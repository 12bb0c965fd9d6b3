import { describe, expect, test } from "vitest";
import { parseEnv } from "@/lib/platform/env";
import { readSettings } from "@/lib/platform/env/setting";
import { CLAIM_SETTINGS } from "./claim-settings";
import { tokenIn } from "./setup-token";
import { judgeClaim, LOOPBACK_MS } from "./who-may-claim";

const settings = (variables: Record<string, string>) => ({
  ...parseEnv({
    DATABASE_URL: "postgresql://localhost/test",
    AUTH_SECRET: "kJ8w2LqXz5vR1mNcT7yBhG4dFsPaEuQo",
    ...variables,
  }),
  ...readSettings(CLAIM_SETTINGS, variables),
});

describe("why a claim needs the setup token", () => {
  const STRAIGHT = { directLoopback: true, upForMs: 0 };
  test.each([
    [null, {}, STRAIGHT],
    [null, {}, { ...STRAIGHT, upForMs: LOOPBACK_MS - 1 }],
    ["late", {}, { ...STRAIGHT, upForMs: LOOPBACK_MS }],
    ["elsewhere", {}, { directLoopback: false, upForMs: 0 }],
    ["elsewhere", {}, { directLoopback: false, upForMs: LOOPBACK_MS }],
    [null, { BASE_URL: "http://localhost:8080" }, STRAIGHT],
    [null, { BASE_URL: "https://127.0.0.1" }, STRAIGHT],
    [null, { BASE_URL: "http://[::1]:3000" }, STRAIGHT],
    ["late", { BASE_URL: "http://localhost:8080" }, { ...STRAIGHT, upForMs: LOOPBACK_MS }],
    ["proxied", { BASE_URL: "https://app.example.com" }, STRAIGHT],
    ["proxied", { BASE_URL: "http://localhost.example.com" }, STRAIGHT],
    ["proxied", { BASE_URL: "http://192.168.1.7:3000" }, STRAIGHT],
    ["proxied", { TRUSTED_PROXIES: "1" }, STRAIGHT],
    ["proxied", { TRUSTED_PROXIES: "127.0.0.1" }, STRAIGHT],
    ["required", { SETUP_TOKEN: "required" }, STRAIGHT],
    [null, { SETUP_TOKEN: "an-operators-own-setup-token" }, STRAIGHT],
    ["late", { SETUP_TOKEN: "an-operators-own-setup-token" }, { ...STRAIGHT, upForMs: 1e12 }],
  ])("%s: %j, %j", (why, variables: Record<string, string>, request) => {
    expect(judgeClaim(settings(variables), request)).toBe(why);
  });
});

describe("what is sent as the token", () => {
  test.each([
    ["abc-DEF_123", "abc-DEF_123"],
    ["  abc \n", "abc"],
    ["http://localhost:3000/setup#token=abc", "abc"],
    ["https://app.example.com/setup#token=abc\n", "abc"],
    ["<https://app.example.com/setup#token=abc>", "abc"],
    ["From another machine: http://localhost:3000/setup#token=abc", "abc"],
    ["/setup#token=abc", "abc"],
    ["http://localhost:3000/setup#token=a%20b%26c", "a b&c"],
    ["http://localhost:3000/setup#token=50%", "50%"],
    ["http://localhost:3000/setup", "http://localhost:3000/setup"],
    ["", ""],
    ["http://localhost:3000/setup#token=", "http://localhost:3000/setup#token="],
  ])("%j -> %j", (sent, token) => {
    expect(tokenIn(sent)).toBe(token);
  });
});
