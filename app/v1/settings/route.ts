import { settingsRefused, settingsReply } from "@/app/v1/replies/settings-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { withActor } from "@/lib/sessions/with-actor";
import { getSettings } from "@/lib/settings/get-settings";
import { updateSettings } from "@/lib/settings/update-settings";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor) => {
    const outcome = await getSettings(actor);
    return outcome.kind === "found" ? settingsReply(outcome) : settingsRefused(outcome);
  }),
  PATCH: withActor(problem, async (actor, request) => {
    const json = await readJson(request, problem);
    if (json.kind !== "read") return json.reply;
    const ifMatch = request.headers.get("if-match") ?? undefined;
    const outcome = await updateSettings(actor, json.value, ifMatch);
    return outcome.kind === "updated" ? settingsReply(outcome) : settingsRefused(outcome);
  }),
});
