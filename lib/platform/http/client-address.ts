import ipaddr from "ipaddr.js";
import type { TrustedProxies } from "../env/server";

/** One address in its shortest spelling, IPv4 also when mapped into IPv6; null for anything else. */
function canonical(text: string | undefined): string | null {
  if (text === undefined || !ipaddr.isValid(text)) return null;
  return ipaddr.process(text).toString();
}

/** An element of X-Forwarded-For: an address, to which some proxies add the port. */
function forwardedElement(text: string): string | null {
  const trimmed = text.trim();
  const withPort = /^\[([^\]]+)\](?::\d+)?$|^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(trimmed);
  return canonical(withPort?.[1] ?? withPort?.[2] ?? trimmed);
}

function isTrusted(address: string, ranges: Extract<TrustedProxies, { kind: "ranges" }>["ranges"]) {
  const parsed = ipaddr.parse(address);
  return ranges.some(([network, bits]) => {
    return parsed.kind() === network.kind() && parsed.match(network, bits);
  });
}

/**
 * The client's address as far as it can be trusted. Each proxy appends the peer it saw to X-Forwarded-For, so
 * the list is believed from its right end for as long as the one who wrote there is trusted; what stands
 * further left may be the client's own invention. A malformed element ends the belief.
 *
 * @param peer the other end of the TCP connection
 * @param forwardedFor the X-Forwarded-For header, several of them joined with commas
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trusted: TrustedProxies,
): string | null {
  const own = canonical(peer);
  if (own === null || trusted.kind === "none") return own;
  let address: string = own;
  const list = forwardedFor?.split(",") ?? [];
  for (let hop = 1; list.length > 0; hop++) {
    const believed =
      trusted.kind === "hops" ? hop <= trusted.hops : isTrusted(address, trusted.ranges);
    const next: string | null = believed ? forwardedElement(list.pop() ?? "") : null;
    if (next === null) break;
    address = next;
  }
  return address;
}

/** Whether the other end of a connection is a proxy whose forwarded headers are believed. */
export function isTrustedPeer(peer: string | undefined, trusted: TrustedProxies): boolean {
  const own = canonical(peer);
  if (own === null || trusted.kind === "none") return false;
  return trusted.kind === "hops" || isTrusted(own, trusted.ranges);
}

/** What `Host` may call this machine: fewer names than it has (docs/contracts/who-may-claim.md). */
const OWN_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(?::(\d{1,5}))?$/i;
const FORWARDING_HEADER = /^(forwarded|x-forwarded-.*|x-real-ip|via|cf-.*)$/i;
const HTTP_PORT = 80;

/** Whether a header of this name speaks about a connection before this one. */
export function isForwardingHeader(name: string): boolean {
  return FORWARDING_HEADER.test(name);
}

/** How a request came in, before anything has touched it. */
export type Arrival = {
  /** The other end of the TCP connection. */
  peer: string | undefined;
  /** The port at this end of it. */
  port: number | undefined;
  /** As the request line says: `1.1`. */
  httpVersion: string;
  host: string | undefined;
  /** The names of the headers as they came in, before any were removed; those of forwarding headers are enough. */
  headerNames: readonly string[];
};

/**
 * What gives a reverse proxy away: headers of its own, the HTTP/1.0 of an unconfigured nginx, a `Host` that is not
 * ours.
 */
export type ProxySign = "header" | "httpVersion" | "host";

/**
 * What shows that a request came through a proxy; null when nothing does, which proves nothing: a forwarder on TCP
 * level passes everything on as it was.
 */
export function proxySign({
  peer,
  port,
  httpVersion,
  host,
  headerNames,
}: Arrival): ProxySign | null {
  if (headerNames.some(isForwardingHeader)) return "header";
  if (!isLoopback(peer)) return null; // whatever they call us, they may have come straight
  if (Number.parseFloat(httpVersion) < 1.1) return "httpVersion";
  const [, name, hostPort = HTTP_PORT] = OWN_NAME.exec(host ?? "") ?? [];
  return name !== undefined && Number(hostPort) === port ? null : "host";
}

/**
 * Whether a request comes straight from this very machine, as far as anybody can see (docs/contracts/who-may-claim.md).
 * A name in `Host` alone proves nothing, and neither does a loopback peer, which a local proxy is too.
 */
export function isDirectLoopback(arrival: Arrival): boolean {
  return isLoopback(arrival.peer) && proxySign(arrival) === null;
}

function isLoopback(peer: string | undefined): boolean {
  const address = canonical(peer);
  return address !== null && ipaddr.parse(address).range() === "loopback";
}
