import NextAuth, { AuthError, CredentialsSignin } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { cache } from "react";
import type { Actor } from "@/lib/access/actor";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { laterOf } from "@/lib/platform/or-later";
import { KEPT } from "@/product";
import { endSession } from "./end-session";
import { findActorBySession } from "./find-actor";
import { sessionSeconds } from "./lifetime";
import {
  type PasskeyForm,
  passkeyForm,
  type SecondFactorForm,
  type SignInForm,
  secondFactorForm,
  signInForm,
} from "./schema";
import { finishSignIn, type SignInOutcome, signIn, signInByPasskey } from "./sign-in";

declare module "next-auth" {
  interface User {
    sessionId?: string;
  }
  interface Session {
    sessionId?: string;
  }
}

/** Carries an expected outcome of `signIn` through next-auth, which knows only users and errors. */
class Refused extends CredentialsSignin {
  constructor(readonly outcome: Exclude<SignInOutcome, { kind: "signedIn" }>) {
    super();
    this.code = outcome.kind;
  }
}

/**
 * `__Host-` binds the cookie to this host over https (RFC 6265bis); browsers refuse the prefix on http. Nothing binds
 * a cookie to a port, so the name has it: two installations on one host would sign each other out.
 */
export function sessionCookieName(): string {
  const { https, baseUrl } = env();
  const { port } = new URL(baseUrl);
  return `${https ? "__Host-" : ""}${KEPT.sessionCookie}${port && `.${port}`}`;
}

/** Either step of a sign-in, or a passkey, told apart by what was sent. */
async function checkCredentials(credentials: unknown): Promise<SignInOutcome> {
  const second = secondFactorForm.safeParse(credentials);
  if (second.success) return finishSignIn(second.data, "browser");
  const passkey = passkeyForm.safeParse(credentials);
  if (passkey.success) return signInByPasskey(passkey.data, "browser");
  const first = signInForm.safeParse(credentials);
  return first.success ? signIn(first.data, "browser") : { kind: "invalidCredentials" };
}

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
  // next-auth judges it by the machine's clock; whether a session lives is said by its row (lifetime.ts).
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
  providers: [
    Credentials({
      credentials: {
        email: {},
        password: { type: "password" },
        ticket: {},
        code: {},
        passkeyTicket: {},
        passkey: {},
      },
      async authorize(credentials) {
        const outcome = await checkCredentials(credentials);
        if (outcome.kind !== "signedIn") throw new Refused(outcome);
        return { id: outcome.account.id, sessionId: outcome.sessionId };
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user?.sessionId ? { sid: user.sessionId } : token),
    session: ({ session, token }) =>
      typeof token["sid"] === "string" ? { ...session, sessionId: token["sid"] } : session,
  },
  logger: {
    // Expected refusals are outcomes, and a fault of the database is logged where it is found.
    error: (error) => {
      if (error instanceof AuthError && (error instanceof Refused || error.cause?.err)) return;
      log().debug({ err: error }, "next-auth");
    },
    warn: (code) => log().debug({ code }, "next-auth"),
    debug: () => {},
  },
}));

/**
 * Who is signed in by cookie, or null. Asked once a request however often it is called.
 *
 * @throws {DatabaseUnavailable} rather than taking an outage for "signed out"
 */
export const getActor = cache(async (): Promise<Actor | null> => {
  const session = await nextAuth.auth();
  return session?.sessionId ? findActorBySession(session.sessionId) : null;
});

export type SignInBrowserOutcome =
  | { kind: "signedIn" }
  | { kind: "invalidCredentials" }
  | { kind: "secondFactorRequired"; ticket: string }
  | { kind: "invalidSecondFactor" }
  | { kind: "uncheckableSecondFactor" }
  | { kind: "rateLimited" | "unavailable" | "overloaded"; retryAfter: number };

/** Signs in through next-auth and sets the session cookie; for server actions. Redirects nowhere. */
export async function signInBrowser(
  form: SignInForm | SecondFactorForm | PasskeyForm,
): Promise<SignInBrowserOutcome> {
  try {
    await nextAuth.signIn("credentials", { ...form, redirect: false, redirectTo: "/" });
    return { kind: "signedIn" };
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    const cause = error instanceof AuthError ? error.cause?.err : error;
    const later = laterOf(cause);
    if (later) return later;
    throw cause;
  }
}

/** Ends the session of this browser and clears its cookie; for server actions. Redirects nowhere. */
export async function signOutBrowser(): Promise<void> {
  const actor = await getActor();
  if (actor?.via.kind === "session") await endSession(actor, actor.via.id);
  await nextAuth.signOut({ redirect: false, redirectTo: "/login" });
}
