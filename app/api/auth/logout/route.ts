import { endpoint } from "@/lib/platform/http/endpoint";
import { messageAndCode } from "@/lib/platform/http/problem";
import { refuseCrossSite } from "@/lib/platform/http/read-json";
import { refreshCookie } from "@/lib/sessions/refresh-cookie";
import { signOut } from "@/lib/sessions/sign-out";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(messageAndCode, {
  POST: async (request) => {
    const crossSite = refuseCrossSite(request, messageAndCode);
    if (crossSite) return crossSite;
    await signOut(request);
    return { status: 204, headers: { "Set-Cookie": refreshCookie(null) } };
  },
});
