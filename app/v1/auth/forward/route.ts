import { isUnlimited } from "@/lib/access/policy";
import { env } from "@/lib/platform/env";
import { endpoint, type Reply, withHeaders } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { queryOf } from "@/lib/platform/page";
import { getRequestContext } from "@/lib/platform/request-context";
import { ForwardQuery } from "@/lib/sessions/schema";
import { authenticate, challenge } from "@/lib/sessions/with-actor";
import { safeNext } from "../../../login/safe-next";

/**
 * Forward authentication for reverse proxies (nginx `auth_request`, Caddy `forward_auth`, Traefik
 * `ForwardAuth`): says who the sender of the original request is, so that an app without accounts can stand
 * behind this product. 200 with `X-Auth-User`, `-Email` and `-Role`; else 401 with the way to sign in. Who owes a second
 * factor is 403, not 401: signing in again would not help.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: async (request): Promise<Reply> => {
    const asked = ForwardQuery.safeParse(queryOf(request));
    if (!asked.success) {
      return problem("VALIDATION_FAILED", "Known parameters: role, and signin=redirect.");
    }
    const actor = await authenticate(request);
    if (actor === null) {
      const next = safeNext(getRequestContext()?.originalUri);
      const Location = `${env().baseUrl}/login?next=${encodeURIComponent(next)}`;
      if (asked.data.signin === "redirect") return { status: 302, headers: { Location } };
      return withHeaders(challenge(problem("UNAUTHENTICATED", "Sign in first.")), { Location });
    }
    if (actor.mustEnrol) {
      const Location = `${env().baseUrl}/account/second-factor`;
      if (asked.data.signin === "redirect") return { status: 302, headers: { Location } };
      return problem("SECOND_FACTOR_SETUP_REQUIRED");
    }
    // A token that was made for less than everything was not made for this.
    if (!isUnlimited(actor)) return problem("FORBIDDEN", "This token is for the API only.");
    const roles = asked.data.role?.split(",").map((slug) => slug.trim());
    if (roles && !roles.includes(actor.role.slug)) {
      return problem("FORBIDDEN");
    }
    return {
      status: 200,
      headers: {
        "X-Auth-User": actor.userId,
        "X-Auth-Email": actor.email,
        "X-Auth-Role": actor.role.slug,
      },
    };
  },
});
