import { viewRefused } from "@/app/v1/replies/view-replies";
import { may } from "@/lib/access/policy";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { listSavedViews } from "@/lib/saved-views/list-saved-views";
import { saveView } from "@/lib/saved-views/save-view";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor) =>
    may(actor, "read", "User")
      ? { status: 200, body: { data: await listSavedViews(actor) } }
      : viewRefused({ kind: "forbidden" }),
  ),
  POST: withActor(problem, async (actor, request) => {
    const json = await readJson(request, problem);
    if (json.kind !== "read") return json.reply;
    const outcome = await saveView(actor, json.value);
    if (outcome.kind !== "saved") return viewRefused(outcome);
    const { view } = outcome;
    return { status: 201, body: view, headers: { Location: `/v1/views/${view.id}` } };
  }),
});
