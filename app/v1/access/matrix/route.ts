import { roleRefused } from "@/app/v1/replies/role-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { pageReply, queryOf } from "@/lib/platform/page";
import { compareRoles } from "@/lib/roles/compare-roles";
import { withActor } from "@/lib/sessions/with-actor";

/** Roles side by side. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await compareRoles(actor, queryOf(request));
    if (outcome.kind !== "compared") return roleRefused(outcome);
    return pageReply(request, outcome.roles, outcome.nextCursor);
  }),
});
