import { type Later, orLater } from "@/lib/platform/or-later";
import { setSessionCookie } from "./auth";
import { PROVIDERS } from "./providers/providers";
import { secondFactorForm } from "./schema";
import { finishSignIn, type SignInOutcome, signIn } from "./sign-in";

/** What a browser sends to sign in: the proof that one of PROVIDERS asks for, or the code that is asked for next. */
export type BrowserSignIn =
  | { step: "proof"; by: string; sent: Record<string, string> }
  | { step: "code"; ticket: string; code: string };

/** Signs in and gives this browser the session's cookie; for server actions. Redirects nowhere. */
export async function signInBrowser(asked: BrowserSignIn): Promise<SignInOutcome | Later> {
  const outcome = await orLater(() => attempt(asked));
  if (outcome.kind === "signedIn") await setSessionCookie(outcome.sessionId);
  return outcome;
}

async function attempt(asked: BrowserSignIn): Promise<SignInOutcome> {
  if (asked.step === "code") {
    const form = secondFactorForm.safeParse(asked);
    return form.success ? finishSignIn(form.data, "browser") : { kind: "invalidCredentials" };
  }
  const provider = PROVIDERS.find(({ name }) => name === asked.by);
  const form = provider?.form.safeParse(asked.sent);
  return provider && form?.success
    ? signIn(provider, form.data, "browser")
    : { kind: "invalidCredentials" };
}
