import { roleRefused, roleReply } from "@/app/v1/replies/role-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { deleteRole } from "@/lib/roles/delete-role";
import { getRole } from "@/lib/roles/get-role";
import { updateRole } from "@/lib/roles/update-role";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ slug: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  GET: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await getRole(actor, (await params).slug);
    return outcome.kind === "found"
      ? roleReply(200, outcome.role, outcome.etag)
      : roleRefused(outcome);
  }),
  PATCH: withActor(problem, async (actor, request, { params }) => {
    const json = await readJson(request, problem);
    if (json.kind !== "read") return json.reply;
    const ifMatch = request.headers.get("if-match") ?? undefined;
    const outcome = await updateRole(actor, (await params).slug, json.value, ifMatch);
    return outcome.kind === "updated"
      ? roleReply(200, outcome.role, outcome.etag)
      : roleRefused(outcome);
  }),
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await deleteRole(actor, (await params).slug);
    return outcome.kind === "deleted" ? { status: 204 } : roleRefused(outcome);
  }),
});
