import { roleRefused } from "@/app/v1/replies/role-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { queryOf } from "@/lib/platform/page";
import { whoMay } from "@/lib/roles/who-may";
import { withActor } from "@/lib/sessions/with-actor";

/** Who may do `?action=` to `?subject=`. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await whoMay(actor, queryOf(request));
    return outcome.kind === "answered"
      ? { status: 200, body: { data: outcome.roles } }
      : roleRefused(outcome);
  }),
});
