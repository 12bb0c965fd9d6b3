const BEYOND_ASCII = /[\u0080-\u{10FFFF}]/u;
/** What a URL would take for something else than a part of its host. */
const NO_HOST = /[^a-z0-9.\-\u0080-\u{10FFFF}]/u;
const DOMAIN_MAX = 255;

/** The domain as the DNS has it: `müller.example` is `xn--mller-kva.example` (UTS 46). As it is, if it is none. */
function asciiDomain(domain: string): string {
  if (domain.length > DOMAIN_MAX || !BEYOND_ASCII.test(domain) || NO_HOST.test(domain))
    return domain;
  try {
    // In the browser too, which has no url.domainToASCII.
    return new URL(`http://${domain}`).hostname;
  } catch {
    return domain;
  }
}

/** An address, or a part of one, as it is stored: NFKC, lower case, the domain as the DNS has it. */
export function asciiAddress(text: string): string {
  const folded = text.normalize("NFKC").toLowerCase();
  const domain = folded.lastIndexOf("@") + 1;
  return folded.slice(0, domain) + asciiDomain(folded.slice(domain));
}
