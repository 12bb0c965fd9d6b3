import { importRefused, jobRefused, jobReply } from "@/app/v1/replies/job-replies";
import { ImportMapping } from "@/lib/import/schema";
import { draftImport } from "@/lib/jobs/draft-import";
import { unlessCsv } from "@/lib/platform/http/csv-request";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  POST: withActor(problem, async (actor, request) => {
    const refusal = unlessCsv(request);
    if (refusal !== null) return refusal;
    const { searchParams } = new URL(request.url);
    const mapping = ImportMapping.nullable().safeParse(searchParams.get("mapping"));
    if (!mapping.success) return jobRefused({ kind: "invalid", field: "mapping" });
    const length = request.headers.get("content-length");
    const outcome = await draftImport(
      actor,
      request.body ?? new ReadableStream(),
      length === null ? null : Number(length),
      searchParams.get("name") ?? "",
      mapping.data,
    );
    return outcome.kind === "drafted" ? jobReply(201, outcome.job) : importRefused(outcome);
  }),
});
