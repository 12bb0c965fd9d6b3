import { jobRefused, jobReply } from "@/lib/jobs/job-replies";
import { startImport } from "@/lib/jobs/start-import";
import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  POST: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await startImport(actor, (await params).id);
    return outcome.kind === "started" ? jobReply(202, outcome.job) : jobRefused(outcome);
  }),
});
