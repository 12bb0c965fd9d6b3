import { jobRefused } from "@/app/v1/replies/job-replies";
import { listJobs } from "@/lib/jobs/list-jobs";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { pageReply, queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await listJobs(actor, queryOf(request));
    if (outcome.kind !== "listed") return jobRefused(outcome);
    return pageReply(request, outcome.jobs, outcome.nextCursor);
  }),
});
