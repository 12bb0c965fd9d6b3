import ipaddr from "ipaddr.js";
import type { TrustedProxies } from "./env";

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

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;
const FORWARDING_HEADER = /^(forwarded|x-forwarded-.*|x-real-ip|via|cf-.*)$/i;

/** Whether a header of this name speaks about a connection before this one. */
export function isForwardingHeader(name: string): boolean {
  return FORWARDING_HEADER.test(name);
}

/**
 * Whether a request comes from this very machine without anything in between (contract: "Who may claim"). A
 * name in `Host` alone proves nothing, and neither does a loopback peer, which a local proxy is too.
 *
 * @param headerNames the names of the headers as they came in, before any were removed
 */
export function isDirectLoopback(
  peer: string | undefined,
  host: string | undefined,
  headerNames: readonly string[],
): boolean {
  const address = canonical(peer);
  return (
    address !== null &&
    ipaddr.parse(address).range() === "loopback" &&
    LOOPBACK_HOST.test(host ?? "") &&
    !headerNames.some(isForwardingHeader)
  );
}
