import { getJob } from "@/lib/jobs/find-job";
import { jobRefused, jobReply } from "@/lib/jobs/job-replies";
import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  GET: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await getJob(actor, (await params).id);
    return outcome.kind === "found" ? jobReply(200, outcome.job) : jobRefused(outcome);
  }),
});
