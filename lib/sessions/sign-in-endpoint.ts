import { z } from "zod";
import { endpoint, type Reply, retryAfter } from "@/lib/platform/http/endpoint";
import { messageAndCode } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { ACCESS_TOKEN_SECONDS, signAccessToken } from "@/lib/tokens/access-token";
import { ADMIN_ROLE } from "@/lib/users/schema";
import type { Account } from "./account";
import { password, passwordForm } from "./providers/password";
import { refreshCookie } from "./refresh-cookie";
import { signIn } from "./sign-in";

type SignedIn = { account: Account; accessToken: string; refreshToken: string | null };

/** E-mail address and password, with the code of an app or a recovery code where there is a second factor. */
export const signInForm = passwordForm.extend({
  code: z.string({ error: "invalid" }).max(100, "invalid").optional(),
});

/**
 * The route module of a sign-in with `{ email, password, code? }`; the published contracts differ in the answer
 * (docs/contracts/sign-in.md).
 */
export function signInEndpoint(answer: (signedIn: SignedIn) => Reply) {
  return endpoint(messageAndCode, {
    POST: async (request) => {
      const json = await readJson(request, messageAndCode);
      if (json.kind !== "read") return json.reply;
      const form = signInForm.safeParse(json.value);
      if (!form.success) {
        return messageAndCode("VALIDATION_FAILED", "Send email and password as text.");
      }
      const { code, ...typed } = form.data;
      const outcome = await signIn(password, typed, "api", code);
      if (outcome.kind === "secondFactorRequired") {
        return messageAndCode("SECOND_FACTOR_REQUIRED");
      }
      if (outcome.kind === "invalidSecondFactor") {
        return messageAndCode("INVALID_SECOND_FACTOR");
      }
      if (outcome.kind === "uncheckableSecondFactor") {
        return messageAndCode("SECOND_FACTOR_UNCHECKABLE");
      }
      if (outcome.kind === "rateLimited") {
        return retryAfter(messageAndCode("RATE_LIMITED"), outcome.retryAfter);
      }
      if (outcome.kind === "invalidCredentials") return messageAndCode("INVALID_CREDENTIALS");
      const { account, sessionId, refreshToken } = outcome;
      const accessToken = signAccessToken({ userId: account.id, sessionId });
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
