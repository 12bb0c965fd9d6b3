import { draftImport } from "@/lib/jobs/draft-import";
import { importRefused, jobReply } from "@/lib/jobs/job-replies";
import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { withActor } from "@/lib/sessions/with-actor";

const CSV_TYPE =
  /^\s*text\/csv\s*(;\s*header\s*=\s*present\s*)?(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  POST: withActor(problem, async (actor, request) => {
    if (!CSV_TYPE.test(request.headers.get("content-type") ?? "")) {
      const reply = problem(415, "UNSUPPORTED_MEDIA_TYPE", "Send text/csv in UTF-8.");
      return { ...reply, headers: { ...reply.headers, Connection: "close" } };
    }
    const length = request.headers.get("content-length");
    const name = new URL(request.url).searchParams.get("name") ?? "";
    const outcome = await draftImport(
      actor,
      request.body ?? new ReadableStream(),
      length === null ? null : Number(length),
      name,
    );
    return outcome.kind === "drafted" ? jobReply(201, outcome.job) : importRefused(outcome);
  }),
});
