import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { readJson } from "@/lib/platform/read-json";
import { explainAccess } from "@/lib/roles/explain-access";
import { roleRefused } from "@/lib/roles/role-replies";
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
