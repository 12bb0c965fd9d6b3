import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  WebAuthnAbortService,
} from "@simplewebauthn/browser";

/** A challenge is good for five minutes (lib/factors/challenge.ts); another is asked for before that. */
const RENEW_MS = 4 * 60_000;

type Start = () => Promise<{ options: PublicKeyCredentialRequestOptionsJSON; ticket: string }>;
type Chosen = { ticket: string; response: string };

/** Has the browser ask for a passkey. @returns what it answers; null when none was chosen */
export async function askForPasskey(start: Start): Promise<Chosen | null> {
  const { options, ticket } = await start();
  const response = await startAuthentication({ optionsJSON: options }).catch(() => null);
  return response && { ticket, response: JSON.stringify(response) };
}

/**
 * Has the browser offer passkeys among what it fills into the field of the e-mail address (WebAuthn's conditional
 * mediation), until one is chosen or `signal` ends it.
 *
 * @returns what the chosen passkey answers; null when there is none, or the browser offers none
 */
export async function offerPasskey(start: Start, signal: AbortSignal): Promise<Chosen | null> {
  if (!(await browserSupportsWebAuthnAutofill())) return null;
  let renewing = true;
  signal.addEventListener("abort", () => WebAuthnAbortService.cancelCeremony());
  while (renewing && !signal.aborted) {
    renewing = false;
    const { options, ticket } = await start();
    if (signal.aborted) return null;
    const renewal = setTimeout(() => {
      renewing = true;
      WebAuthnAbortService.cancelCeremony();
    }, RENEW_MS);
    // It is refused for whatever ends it: that a new one begins, another way is taken, or nobody wants it.
    const response = await startAuthentication({
      optionsJSON: options,
      useBrowserAutofill: true,
    }).catch(() => null);
    clearTimeout(renewal);
    if (response !== null) return { ticket, response: JSON.stringify(response) };
  }
  return null;
}
