import { viewRefused } from "@/app/v1/replies/view-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { deleteView } from "@/lib/saved-views/delete-view";
import { shareView } from "@/lib/saved-views/share-view";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  PATCH: withActor(problem, async (actor, request, { params }) => {
    const json = await readJson(request, problem);
    if (json.kind !== "read") return json.reply;
    const outcome = await shareView(actor, (await params).id, json.value);
    return outcome.kind === "changed" ? { status: 200, body: outcome.view } : viewRefused(outcome);
  }),
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await deleteView(actor, (await params).id);
    return outcome.kind === "deleted" ? { status: 204 } : viewRefused(outcome);
  }),
});
