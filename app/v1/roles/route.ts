import { roleRefused, roleReply } from "@/app/v1/replies/role-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { idempotent } from "@/lib/platform/http/idempotent";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { pageReply, queryOf } from "@/lib/platform/page";
import { browseRoles } from "@/lib/roles/browse-roles";
import { createRole } from "@/lib/roles/create-role";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await browseRoles(actor, queryOf(request));
    if (outcome.kind !== "listed") return roleRefused(outcome);
    return pageReply(request, outcome.roles, outcome.nextCursor);
  }),
  POST: withActor(
    problem,
    idempotent(problem, async (actor, request) => {
      const json = await readJson(request, problem);
      if (json.kind !== "read") return json.reply;
      const outcome = await createRole(actor, json.value);
      return outcome.kind === "created"
        ? roleReply(201, outcome.role, outcome.etag)
        : roleRefused(outcome);
    }),
  ),
});
