import { roleRefused } from "@/app/v1/replies/role-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { previewRole } from "@/lib/roles/preview-role";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ slug: string }> };

/** What a change would mean, and for whom. A POST because of its body; it changes nothing. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  POST: withActor(problem, async (actor, request, { params }) => {
    const json = await readJson(request, problem);
    if (json.kind !== "read") return json.reply;
    const ifMatch = request.headers.get("if-match") ?? undefined;
    const outcome = await previewRole(actor, (await params).slug, json.value, ifMatch);
    return outcome.kind === "previewed"
      ? { status: 200, body: outcome.preview }
      : roleRefused(outcome);
  }),
});
