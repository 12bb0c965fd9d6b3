import { env } from "../env";
import { addressWords, visitedAddress } from "./visited-address";

type HeaderReader = (name: string) => string | null;

/** "same-site" is another origin too: a neighbour's port or subdomain. */
const saysAnotherSite = (header: HeaderReader) =>
  /^(cross|same)-site$/.test(header("sec-fetch-site") ?? "");

/**
 * Whether a browser sent this from a page of another origin (OWASP CSRF: verifying origin). A request without
 * `Origin` is not from a page of another origin: browsers send it with every state-changing request, and
 * `Sec-Fetch-Site` with every one to a safe address.
 *
 * @param header reads a request header by its lower-case name
 */
export function isCrossSite(header: HeaderReader): boolean {
  if (saysAnotherSite(header)) return true;
  const origin = header("origin");
  if (origin === null || origin === env().baseUrl) return false;
  if (!URL.canParse(origin)) return true; // "null" too: a sandboxed or opaque page
  // People reach one server by several names; the browser's own view of "same origin" is Origin = Host.
  return new URL(origin).host !== header("host")?.toLowerCase();
}

/**
 * Whether what looks like another site may as well be our own page at an address that is not configured: a proxy
 * that does not pass `Host` on, or BASE_URL in another scheme. Where the browser itself says another site, or the
 * request names the configured host and the page another, it is another site.
 */
export function isMisaddressed(header: HeaderReader): boolean {
  const origin = header("origin");
  if (saysAnotherSite(header) || origin === null) return false;
  if (!/^https?:/.test(origin) || !URL.canParse(origin)) return false;
  const configured = new URL(env().baseUrl).host;
  return new URL(origin).host === configured || header("host")?.toLowerCase() !== configured;
}

/** Why a request of `isCrossSite` is refused. */
export function crossSiteWords(header: HeaderReader): string {
  const refused = "Requests from another site are refused.";
  if (!isMisaddressed(header)) return refused;
  return `${refused} ${addressWords(visitedAddress(header, false, null))}`;
}
