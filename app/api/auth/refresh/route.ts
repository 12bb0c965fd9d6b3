import { endpoint } from "@/lib/platform/endpoint";
import { messageAndCode } from "@/lib/platform/problem";
import { refuseCrossSite } from "@/lib/platform/read-json";
import { findAccount } from "@/lib/sessions/find-account";
import { readRefreshCookie, refreshCookie } from "@/lib/sessions/refresh-cookie";
import { refreshSession } from "@/lib/sessions/refresh-session";
import { tokenReply } from "@/lib/sessions/sign-in-endpoint";
import { signAccessToken } from "@/lib/tokens/access-token";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(messageAndCode, {
  POST: async (request) => {
    const crossSite = refuseCrossSite(request, messageAndCode);
    if (crossSite) return crossSite;
    const token = readRefreshCookie(request);
    const outcome = token === null ? null : await refreshSession(token);
    const account = outcome?.kind === "refreshed" ? await findAccount(outcome.userId) : null;
    if (outcome?.kind !== "refreshed" || account === null) {
      const reply = messageAndCode(401, "INVALID_REFRESH_TOKEN", "Sign in again.");
      return { ...reply, headers: { "Set-Cookie": refreshCookie(null) } };
    }
    const accessToken = await signAccessToken(outcome);
    return tokenReply({ ...account, accessToken, refreshToken: outcome.refreshToken });
  },
});
