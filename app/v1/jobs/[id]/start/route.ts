import { jobRefused, jobReply } from "@/app/v1/replies/job-replies";
import { startImport } from "@/lib/jobs/start-import";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  POST: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await startImport(actor, (await params).id);
    return outcome.kind === "started" ? jobReply(202, outcome.job) : jobRefused(outcome);
  }),
});
