import type { Policy } from "@/lib/access/actor";
import { endpoint, type Reply, retryAfter } from "@/lib/platform/endpoint";
import { messageAndCode } from "@/lib/platform/problem";
import { readJson } from "@/lib/platform/read-json";
import { ACCESS_TOKEN_SECONDS, signAccessToken } from "@/lib/tokens/access-token";
import { ADMIN_ROLE } from "@/lib/users/schema";
import type { UserView } from "@/lib/users/user-view";
import { findAccount } from "./find-account";
import { refreshCookie } from "./refresh-cookie";
import { signInForm } from "./schema";
import { signIn } from "./sign-in";

export type SignedIn = {
  user: UserView;
  policies: Policy[];
  accessToken: string;
  refreshToken: string | null;
};

const INVALID_CREDENTIALS = messageAndCode(401, "INVALID_CREDENTIALS", "Invalid credentials");
const SECOND_FACTOR_REQUIRED = messageAndCode(
  401,
  "SECOND_FACTOR_REQUIRED",
  "This account has a second factor. Send the code of the authenticator app, or a recovery code, as code.",
);
const INVALID_SECOND_FACTOR = messageAndCode(
  401,
  "INVALID_SECOND_FACTOR",
  "This code is not right, or was used before.",
);

/** The route module of a sign-in with `{ email, password, code? }`; the published contracts differ in the answer. */
export function signInEndpoint(answer: (signedIn: SignedIn) => Reply) {
  return endpoint(messageAndCode, {
    POST: async (request) => {
      const json = await readJson(request, messageAndCode);
      if (json.kind !== "read") return json.reply;
      const form = signInForm.safeParse(json.value);
      if (!form.success) {
        return messageAndCode(400, "VALIDATION_FAILED", "Send email and password as text.");
      }
      const outcome = await signIn(form.data, "api");
      if (outcome.kind === "secondFactorRequired") return SECOND_FACTOR_REQUIRED;
      if (outcome.kind === "invalidSecondFactor") return INVALID_SECOND_FACTOR;
      if (outcome.kind === "rateLimited") {
        const reply = messageAndCode(429, "RATE_LIMITED", "Too many attempts. Wait a while.");
        return retryAfter(reply, outcome.retryAfter);
      }
      const account = outcome.kind === "signedIn" ? await findAccount(outcome.userId) : null;
      if (outcome.kind !== "signedIn" || account === null) return INVALID_CREDENTIALS;
      const accessToken = await signAccessToken(outcome);
      return answer({ ...account, accessToken, refreshToken: outcome.refreshToken });
    },
  });
}

/** The answer of doors 1 and 3 to a sign-in or a refresh: both spellings of the token, and the cookie. */
export function tokenReply({ user, accessToken, refreshToken }: SignedIn): Reply {
  return {
    status: 200,
    body: {
      accessToken,
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: ACCESS_TOKEN_SECONDS,
      user: {
        id: user.id,
        email: user.email,
        name: user.name,
        // Door 1 publishes a role enum of two.
        role: user.role.slug === ADMIN_ROLE ? "ADMIN" : "USER",
      },
    },
    headers: { "Set-Cookie": refreshCookie(refreshToken) },
  };
}
