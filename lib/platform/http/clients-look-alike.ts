import { env } from "../env";

/**
 * Whether everybody seems to come from the address of a proxy that is not believed: then limits count all together, and
 * the trail names nobody's own address.
 *
 * @param proxied whether a request has shown that there is a proxy; one is taken for granted where BASE_URL is public
 */
export function clientsLookAlike(proxied: boolean): boolean {
  const { https, baseUrlIsLoopback, trustedProxies } = env();
  const local = !https && baseUrlIsLoopback;
  return (proxied || !local) && trustedProxies.kind === "none";
}
