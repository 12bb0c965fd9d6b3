import { endpoint, type Reply, retryAfter } from "@/lib/platform/http/endpoint";
import { messageAndCode } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { ACCESS_TOKEN_SECONDS, signAccessToken } from "@/lib/tokens/access-token";
import { ADMIN_ROLE } from "@/lib/users/schema";
import type { Account } from "./account";
import { refreshCookie } from "./refresh-cookie";
import { signInForm } from "./schema";
import { signIn } from "./sign-in";

export type SignedIn = { account: Account; accessToken: string; refreshToken: string | null };

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

const UNCHECKABLE_SECOND_FACTOR = messageAndCode(
  401,
  "SECOND_FACTOR_UNCHECKABLE",
  "This code cannot be checked: the server's secret is not the one that the authenticator app was added with. Use a recovery code, or ask your operator.",
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
      if (outcome.kind === "uncheckableSecondFactor") return UNCHECKABLE_SECOND_FACTOR;
      if (outcome.kind === "rateLimited") {
        const reply = messageAndCode(429, "RATE_LIMITED", "Too many attempts. Wait a while.");
        return retryAfter(reply, outcome.retryAfter);
      }
      if (outcome.kind === "invalidCredentials") return INVALID_CREDENTIALS;
      const { account, sessionId, refreshToken } = outcome;
      const accessToken = await signAccessToken({ userId: account.id, sessionId });
      return answer({ account, accessToken, refreshToken });
    },
  });
}

/** The answer of doors 1 and 3 to a sign-in or a refresh: both spellings of the token, and the cookie. */
export function tokenReply({ account, accessToken, refreshToken }: SignedIn): Reply {
  return {
    status: 200,
    body: {
      accessToken,
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: ACCESS_TOKEN_SECONDS,
      user: {
        id: account.id,
        email: account.email,
        name: account.name,
        // Door 1 publishes a role enum of two.
        role: account.role.slug === ADMIN_ROLE ? "ADMIN" : "USER",
      },
    },
    headers: { "Set-Cookie": refreshCookie(refreshToken) },
  };
}
