import { userRefused, userReply } from "@/app/v1/replies/user-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { withActor } from "@/lib/sessions/with-actor";
import { deleteUser } from "@/lib/users/delete-user";
import { getUser } from "@/lib/users/get-user";
import { updateUser } from "@/lib/users/update-user";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  GET: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await getUser(actor, (await params).id);
    return outcome.kind === "found"
      ? userReply(200, outcome.user, outcome.etag)
      : userRefused(outcome);
  }),
  PATCH: withActor(problem, async (actor, request, { params }) => {
    const json = await readJson(request, problem);
    if (json.kind !== "read") return json.reply;
    const ifMatch = request.headers.get("if-match") ?? undefined;
    const outcome = await updateUser(actor, (await params).id, json.value, ifMatch);
    return outcome.kind === "updated"
      ? userReply(200, outcome.user, outcome.etag)
      : userRefused(outcome);
  }),
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await deleteUser(actor, (await params).id);
    return outcome.kind === "deleted" ? { status: 204 } : userRefused(outcome);
  }),
});
