import { userRefused, userReply } from "@/app/v1/replies/user-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { withActor } from "@/lib/sessions/with-actor";
import { deleteOwnAccount } from "@/lib/users/delete-own-account";
import { updateOwnProfile } from "@/lib/users/update-own-profile";
import { toUserView, userEtag } from "@/lib/users/user-view";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async ({ row }) => userReply(200, toUserView(row), userEtag(row))),
  PATCH: withActor(problem, async (actor, request) => {
    const json = await readJson(request, problem);
    if (json.kind !== "read") return json.reply;
    const ifMatch = request.headers.get("if-match") ?? undefined;
    const outcome = await updateOwnProfile(actor, json.value, ifMatch);
    return outcome.kind === "updated"
      ? userReply(200, outcome.user, outcome.etag)
      : userRefused(outcome);
  }),
  DELETE: withActor(problem, async (actor) => {
    const outcome = await deleteOwnAccount(actor);
    return outcome.kind === "deleted" ? { status: 204 } : userRefused(outcome);
  }),
});
