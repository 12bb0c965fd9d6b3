import path from "node:path";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { isLoopbackHost } from "../is-loopback-host";
import { text, together, variable, wholeNumber } from "./setting";

/** Whose forwarded headers are believed: so many hops from the socket, or peers inside these ranges. */
export type TrustedProxies =
  | { kind: "none" }
  | { kind: "hops"; hops: number }
  | { kind: "ranges"; ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][] };

const origin = z
  .url({ protocol: /^https?$/, error: "must be an origin such as https://app.example.com" })
  .refine((value) => !URL.canParse(value) || new URL(value).pathname === "/", {
    error: "must be an origin without a path, such as https://app.example.com",
  });

const trustedProxies = text.optional().transform((value, context): TrustedProxies => {
  if (value === undefined) return { kind: "none" };
  if (/^\d{1,2}$/.test(value)) {
    const hops = Number(value);
    return hops === 0 ? { kind: "none" } : { kind: "hops", hops };
  }
  const ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][] = [];
  for (const part of value.split(",").map((piece) => piece.trim())) {
    if (ipaddr.isValidCIDR(part)) ranges.push(ipaddr.parseCIDR(part));
    else if (ipaddr.isValid(part)) {
      const address = ipaddr.parse(part);
      ranges.push([address, address.kind() === "ipv4" ? 32 : 128]);
    } else {
      context.addIssue("must be a number of hops, or addresses and CIDRs with commas");
      return z.NEVER;
    }
  }
  return { kind: "ranges", ranges };
});

const logLevel = z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
  error: "must be one of trace, debug, info, warn, error, fatal, silent",
});

/** Where it runs, and how it is reached. */
export const server = together(
  {
    mode: variable("NODE_ENV", z.string().default("production")),
    port: variable("PORT", wholeNumber(1, 65_535).default(3000)),
    host: variable("HOST", text.optional()),
    dataDir: variable("DATA_DIR", text.default("./data")),
    given: variable("BASE_URL", origin.optional()),
    trustedProxies: variable("TRUSTED_PROXIES", trustedProxies),
    logLevel: variable("LOG_LEVEL", logLevel.default("info")),
  },
  ({ mode, dataDir, given, ...settings }) => {
    const baseUrl = new URL(given ?? `http://localhost:${settings.port}`).origin;
    return {
      ...settings,
      production: mode === "production",
      dataDir: path.resolve(dataDir),
      /** Origin without a trailing slash. */
      baseUrl,
      /** Whether the operator has said it, so that `baseUrl` is no guess. */
      baseUrlGiven: given !== undefined,
      /** Whether `baseUrl` names this very machine. */
      baseUrlIsLoopback: isLoopbackHost(new URL(baseUrl).hostname),
      https: baseUrl.startsWith("https:"),
    };
  },
);
