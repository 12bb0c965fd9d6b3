import { AsyncLocalStorage } from "node:async_hooks";
import { headers } from "next/headers";
import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { cache } from "react";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { type Later, orLater } from "@/lib/platform/or-later";
import { endSession } from "./end-session";
import type { SignedIn } from "./find-actor";
import { sessionSeconds } from "./lifetime";
import type { Provider } from "./providers/provider";
import { findActorByCookie, sessionCookieName } from "./session-cookie";
import { finishSignIn, type SignInOutcome, secondFactorForm, signIn } from "./sign-in";

declare module "next-auth" {
  interface User {
    sessionId?: string;
  }
}

/**
 * The session that is being put into a cookie. Kept in this process, in the one call that does so: nothing that anybody
 * sends stands for it.
 */
const opened = new AsyncLocalStorage<string>();

const A_HUNDRED_YEARS = 100 * 365 * 24 * 60 * 60;

// A function, so that nothing reads the environment while the app is being built. The cookie holds an
// encrypted JWT with the id of a session row and nothing else of use: the row decides on every request.
const nextAuth = NextAuth(() => ({
  secret: [...env().authSecrets],
  trustHost: true, // AUTH_URL is always set (env.ts), so no host header is ever believed
  basePath: "/api/auth",
  pages: { signIn: "/login", error: "/login" },
  useSecureCookies: env().https,
  session: { strategy: "jwt", maxAge: sessionSeconds() },
  // It is judged by the machine's clock; whether a session lives is said by its row (lifetime.ts).
  jwt: { maxAge: A_HUNDRED_YEARS },
  cookies: {
    sessionToken: {
      name: sessionCookieName(),
      options: {
        httpOnly: true,
        sameSite: "lax",
        path: "/",
        secure: env().https,
        // Goes before the date that next-auth gives it, which is the machine's too.
        maxAge: sessionSeconds(),
      },
    },
  },
  // Who it is has been found out before (sign-in.ts): next-auth is given a session, and makes the cookie.
  providers: [
    Credentials({
      credentials: {},
      authorize: () => {
        const sessionId = opened.getStore();
        return sessionId === undefined ? null : { sessionId };
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user?.sessionId ? { sid: user.sessionId } : token),
  },
  logger: {
    error: (error) => log().debug({ err: error }, "next-auth"),
    warn: (code) => log().debug({ code }, "next-auth"),
    debug: () => {},
  },
}));

/**
 * Who is signed in by cookie, or null. Asked once for a page that is drawn, however often it is called there; a server
 * action is no part of the page, so it asks by itself, once each time it calls.
 *
 * @throws {DatabaseUnavailable} rather than taking an outage for "signed out"
 */
export const getActor = cache(
  async (): Promise<SignedIn | null> => findActorByCookie((await headers()).get("cookie")),
);

/** What a browser sends to sign in: the proof that a provider asks for, or the code that is asked for next. */
export type BrowserSignIn =
  | { step: "proof"; provider: Provider; sent: Record<string, string> }
  | { step: "code"; sent: { ticket: string; code: string } };

/** Signs in and gives this browser the session's cookie; for server actions. Redirects nowhere. */
export async function signInBrowser(asked: BrowserSignIn): Promise<SignInOutcome | Later> {
  const outcome = await orLater(() => attempt(asked));
  if (outcome.kind === "signedIn") await setSessionCookie(outcome.sessionId);
  return outcome;
}

async function attempt(asked: BrowserSignIn): Promise<SignInOutcome> {
  if (asked.step === "code") {
    const form = secondFactorForm.safeParse(asked.sent);
    return form.success ? finishSignIn(form.data, "browser") : { kind: "invalidCredentials" };
  }
  const form = asked.provider.form.safeParse(asked.sent);
  return form.success
    ? signIn(asked.provider, form.data, "browser")
    : { kind: "invalidCredentials" };
}

/** Gives this browser the cookie of a session that is open; for server actions. Redirects nowhere. */
export async function setSessionCookie(sessionId: string): Promise<void> {
  await opened.run(sessionId, () =>
    nextAuth.signIn("credentials", { redirect: false, redirectTo: "/" }),
  );
}

/** Ends the session of this browser and clears its cookie; for server actions. Redirects nowhere. */
export async function signOutBrowser(): Promise<void> {
  const actor = await getActor();
  if (actor?.via.kind === "session") await endSession(actor, actor.via.id);
  await nextAuth.signOut({ redirect: false, redirectTo: "/login" });
}
