import { endpoint } from "@/lib/platform/endpoint";
import { queryOf } from "@/lib/platform/page";
import { problem } from "@/lib/platform/problem";
import { roleRefused } from "@/lib/roles/role-replies";
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
