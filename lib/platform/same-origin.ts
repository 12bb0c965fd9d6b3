import { env } from "./env";

/**
 * Whether a browser sent this from a page of another origin (OWASP CSRF: verifying origin). A request without
 * `Origin` is not from a page of another origin: browsers send it with every state-changing request, and
 * `Sec-Fetch-Site` with every one to a safe address.
 *
 * @param header reads a request header by its lower-case name
 */
export function isCrossSite(header: (name: string) => string | null): boolean {
  // "same-site" is another origin too: a neighbour's port or subdomain.
  if (/^(cross|same)-site$/.test(header("sec-fetch-site") ?? "")) return true;
  const origin = header("origin");
  if (origin === null || origin === env().baseUrl) return false;
  if (!URL.canParse(origin)) return true; // "null" too: a sandboxed or opaque page
  // People reach one server by several names; the browser's own view of "same origin" is Origin = Host.
  return new URL(origin).host !== header("host")?.toLowerCase();
}
