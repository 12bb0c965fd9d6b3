import { PRODUCT } from "@/product";
import { env } from "../env";
import { isLoopbackHost } from "../is-loopback-host";

/** Where a browser is, as far as one request shows it. Only ever shown and compared: nobody vouches for it. */
export type VisitedAddress = {
  /** The host as the request names it, which a proxy may have changed on the way; in lower case. */
  readonly host: string;
  /** null: cannot be seen from behind the proxy. */
  readonly scheme: "http" | "https" | null;
  /** The origin in the browser's own words; it says so with every form. */
  readonly origin: string | null;
  /** Whether something stands in between, by what it leaves behind. */
  readonly proxied: boolean;
};

/** What is not as it is configured: the host, or only the scheme. */
type AddressFault = "host" | "scheme";

/** What a proxy must be told where people see another host than this server does. */
export const KEEP_HOST = "proxy_set_header Host $http_host;";

/**
 * Reads where a request was sent to.
 *
 * @param header reads a request header by its lower-case name, before any were removed
 * @param proxied whether the request bears the marks of a proxy
 * @param trustedScheme `X-Forwarded-Proto` of a proxy that is believed
 */
export function visitedAddress(
  header: (name: string) => string | null,
  proxied: boolean,
  trustedScheme: string | null,
): VisitedAddress {
  const host = (header("host") ?? "").toLowerCase();
  const named = header("origin");
  const origin = named !== null && /^https?:/.test(named) && URL.canParse(named) ? named : null;
  const scheme = (): VisitedAddress["scheme"] => {
    if (origin !== null) return origin.startsWith("https:") ? "https" : "http";
    // Browsers send these over https and to loopback only (Fetch Metadata, 2.1: potentially trustworthy URLs).
    if (header("sec-fetch-mode") !== null && !isLoopbackHost(host)) return "https";
    if (trustedScheme === "http" || trustedScheme === "https") return trustedScheme;
    return proxied ? null : "http";
  };
  return { host, scheme: scheme(), origin: origin && new URL(origin).origin, proxied };
}

/** The address as an origin; in the configured scheme where none could be seen. */
export function visitedOrigin({ origin, scheme, host }: VisitedAddress): string {
  const written = `${scheme ?? new URL(env().baseUrl).protocol.slice(0, -1)}://${host}`;
  return origin ?? (URL.canParse(written) ? new URL(written).origin : written);
}

/** Whether the address visited is not the one in BASE_URL; null when it is, as far as can be seen. */
export function addressFault(visited: VisitedAddress): AddressFault | null {
  const { baseUrl } = env();
  const seen = visitedOrigin(visited);
  if (seen === baseUrl) return null;
  return URL.canParse(seen) && new URL(seen).host === new URL(baseUrl).host ? "scheme" : "host";
}

/** Whether the browser is at another host than the request names: a proxy in between did not pass `Host` on. */
export function hostWasChanged({ origin, host }: VisitedAddress): boolean {
  return origin !== null && new URL(origin).host !== host;
}

/** Whether a browser there drops the session's cookie: over http, when it is one for https. Not on loopback. */
export function losesSession(visited: VisitedAddress): boolean {
  if (!env().https || visited.scheme !== "http") return false;
  return !isLoopbackHost(visited.origin === null ? visited.host : new URL(visited.origin).host);
}

/** Whether the browser's own address is among what was seen: a proxy that says nothing of it hides it. */
export function isBrowserSeen({ origin, proxied }: VisitedAddress): boolean {
  return origin !== null || !proxied;
}

/** For those who read no page: what was seen, what is configured, and the lines that mend it. */
export function addressWords(visited: VisitedAddress): string {
  const { baseUrl } = env();
  const { host, origin, proxied } = visited;
  const at = visitedOrigin(visited);
  const seen = origin === null ? at : `${at}, which names the host ${host}`;
  const right = isBrowserSeen(visited) ? at : "<the address that people open>";
  return (
    `${PRODUCT.name} was visited at ${seen}${proxied ? ", through a proxy" : ""}, but BASE_URL is ${baseUrl}. ` +
    `Unless people open ${baseUrl}, set BASE_URL=${right} and restart; a proxy in between must pass Host on ` +
    `(nginx: ${KEEP_HOST}).`
  );
}
