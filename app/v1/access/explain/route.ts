import { roleRefused } from "@/app/v1/replies/role-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { explainAccess } from "@/lib/roles/explain-access";
import { withActor } from "@/lib/sessions/with-actor";

/** Whether a role allows something, and why. A POST because of its body; it changes nothing. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  POST: withActor(problem, async (actor, request) => {
    const json = await readJson(request, problem);
    if (json.kind !== "read") return json.reply;
    const outcome = await explainAccess(actor, json.value);
    return outcome.kind === "explained"
      ? { status: 200, body: outcome.answer }
      : roleRefused(outcome);
  }),
});
