import { jobRefused } from "@/app/v1/replies/job-replies";
import { listJobItems } from "@/lib/jobs/list-job-items";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { pageReply, queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  GET: withActor(problem, async (actor, request, { params }) => {
    const query = queryOf(request);
    const outcome = await listJobItems(actor, (await params).id, query);
    if (outcome.kind !== "listed") return jobRefused(outcome);
    return pageReply(request, outcome.items, outcome.nextCursor);
  }),
});
