import { env } from "@/lib/platform/env";

/**
 * The API reference. Scalar, which draws it, injects style elements. The page shows nothing of this installation
 * and nothing that a user wrote, so there is nothing for injected styles to read (docs/decisions/0018).
 */
const MAY_INJECT_STYLES = "/docs/api";

/** Here is what somebody has uploaded, to be shown as an image and nothing else, also by who opens it by itself. */
const UPLOADED = "/v1/settings/mark";
const SHOWN_ONLY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/**
 * The policy of one response: scripts run only with this response's nonce (CSP Level 3, `strict-dynamic`).
 * Style attributes are allowed because React writes them into HTML; style elements are not, but on one page.
 * A development server compiles in the browser and injects styles, so it is allowed that.
 */
export function contentSecurityPolicy(nonce: string, path: string): string {
  if (path === UPLOADED) return SHOWN_ONLY;
  const { production } = env();
  const injectsStyles = !production || path === MAY_INJECT_STYLES;
  const name = `${production} ${injectsStyles}`;
  const written = policies.get(name) ?? policy(production, injectsStyles);
  policies.set(name, written);
  return written.replaceAll(NONCE, nonce);
}

/** Where the nonce of a response goes; no policy has such a character. */
const NONCE = "\0";
const policies = new Map<string, string>();

function policy(production: boolean, injectsStyles: boolean): string {
  return Object.entries({
    "default-src": "'self'",
    "script-src": `'self' 'nonce-${NONCE}' 'strict-dynamic'${production ? "" : " 'unsafe-eval'"}`,
    "style-src": `'self' ${injectsStyles ? "'unsafe-inline'" : `'nonce-${NONCE}'`}`,
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": production ? "'self'" : "'self' ws: wss:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}

/** Headers of every response, whoever answers it. */
export function securityHeaders(): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    // Not `no-referrer`: under it browsers send `Origin: null` with a form, and a form is how the pages work
    // without JavaScript (Fetch, "append a request Origin header").
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy":
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ...(env().https && { "Strict-Transport-Security": "max-age=31536000" }),
  };
}
