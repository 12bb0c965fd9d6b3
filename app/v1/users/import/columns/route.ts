import { importRefused } from "@/app/v1/replies/job-replies";
import { sampleImport } from "@/lib/jobs/sample-import";
import { unlessCsv } from "@/lib/platform/http/csv-request";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  POST: withActor(problem, async (actor, request) => {
    const refusal = unlessCsv(request);
    if (refusal !== null) return refusal;
    const outcome = await sampleImport(actor, request.body ?? new ReadableStream());
    if (outcome.kind !== "sampled") return importRefused(outcome);
    const { kind, ...body } = outcome;
    // What is behind the beginning is not going to be read.
    return { status: 200, body, headers: { Connection: "close" } };
  }),
});
