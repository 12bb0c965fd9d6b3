import { jobRefused, jobReply } from "@/app/v1/replies/job-replies";
import { cancelJob } from "@/lib/jobs/cancel-job";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  POST: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await cancelJob(actor, (await params).id);
    return outcome.kind === "over" ? jobReply(200, outcome.job) : jobRefused(outcome);
  }),
});
