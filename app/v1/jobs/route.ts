import { jobRefused } from "@/lib/jobs/job-replies";
import { listJobs } from "@/lib/jobs/list-jobs";
import { endpoint } from "@/lib/platform/endpoint";
import { pageReply, queryOf } from "@/lib/platform/page";
import { problem } from "@/lib/platform/problem";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await listJobs(actor, queryOf(request));
    if (outcome.kind !== "listed") return jobRefused(outcome);
    return pageReply(request, outcome.jobs, outcome.nextCursor);
  }),
});
