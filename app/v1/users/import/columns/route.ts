import { importRefused } from "@/lib/jobs/job-replies";
import { sampleImport } from "@/lib/jobs/sample-import";
import { unlessCsv } from "@/lib/platform/csv-request";
import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
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
