import { jobRefused, jobReply } from "@/app/v1/replies/job-replies";
import { getJob } from "@/lib/jobs/find-job";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  GET: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await getJob(actor, (await params).id);
    return outcome.kind === "found" ? jobReply(200, outcome.job) : jobRefused(outcome);
  }),
});
