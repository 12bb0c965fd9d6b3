import ipaddr from "ipaddr.js";

/**
 * What counts as one client when attempts are counted: an IPv4 address, or the /64 an IPv6 address is in,
 * since one subscriber has all of that. Requests of unknown origin share one key.
 */
export function clientKey(address: string | null | undefined): string {
  if (!address || !ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`);
  return `${network.toString()}/64`;
}
