import { endpoint, withHeaders } from "@/lib/platform/http/endpoint";
import { messageAndCode } from "@/lib/platform/http/problem";
import { refuseCrossSite } from "@/lib/platform/http/read-json";
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
    if (outcome?.kind !== "refreshed") {
      return withHeaders(messageAndCode("INVALID_REFRESH_TOKEN"), {
        "Set-Cookie": refreshCookie(null),
      });
    }
    const { account, sessionId, refreshToken } = outcome;
    const accessToken = signAccessToken({ userId: account.id, sessionId });
    return tokenReply({ account, accessToken, refreshToken });
  },
});
