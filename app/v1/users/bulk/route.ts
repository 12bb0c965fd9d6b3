import { bulkRefused, jobReply } from "@/app/v1/replies/job-replies";
import { startBulk } from "@/lib/jobs/start-bulk";
import { endpoint } from "@/lib/platform/http/endpoint";
import { idempotent } from "@/lib/platform/http/idempotent";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { withActor } from "@/lib/sessions/with-actor";

/** A thousand ids, and what is to be done. */
const BODY_MAX_BYTES = 64 * 1024;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  POST: withActor(
    problem,
    idempotent(
      problem,
      async (actor, request) => {
        const json = await readJson(request, problem, BODY_MAX_BYTES);
        if (json.kind !== "read") return json.reply;
        const outcome = await startBulk(actor, json.value);
        switch (outcome.kind) {
          case "started":
            return jobReply(202, outcome.job);
          case "previewed":
            return { status: 200, body: outcome.preview };
          default:
            return bulkRefused(outcome);
        }
      },
      { maxBytes: BODY_MAX_BYTES },
    ),
  ),
});
