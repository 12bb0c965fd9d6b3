import { getTranslations } from "next-intl/server";
import { jobRefused } from "@/app/v1/replies/job-replies";
import { type ReasonWords, reasonText } from "@/components/bulk/reason-text";
import type { JobItemView } from "@/lib/jobs/job-item-view";
import type { JobView } from "@/lib/jobs/job-view";
import { allJobItems, JobItemQuery } from "@/lib/jobs/list-job-items";
import { csvRecords } from "@/lib/platform/csv";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { textStream } from "@/lib/platform/http/text-stream";
import { queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

/** The items as a file for a person: reasons in words of their language, and the cells as they were sent. */
async function* fileOf(
  job: JobView,
  pieces: AsyncGenerator<JobItemView[]>,
  words: ReasonWords,
): AsyncGenerator<string> {
  const isImport = job.kind === "import";
  const columns = isImport
    ? ["line", "email", "name", "role", "result", "reason"]
    : ["id", "email", "result", "reason"];
  yield `\uFEFF${csvRecords([columns])}`;
  for await (const items of pieces) {
    const records = items.map((item) => {
      const end = [item.outcome, reasonText(words, job.kind, item)];
      if (!isImport) return [item.userId, item.label, ...end];
      const { email = item.label, name = "", role = "" } = item.data ?? {};
      return [item.position, email, name, role, ...end];
    });
    yield csvRecords(records);
  }
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  GET: withActor(problem, async (actor, request, { params }) => {
    const filter = JobItemQuery.pick({ outcome: true }).safeParse(queryOf(request));
    if (!filter.success) return jobRefused({ kind: "invalid", field: "outcome" });
    const outcome = await allJobItems(actor, (await params).id, filter.data);
    if (outcome.kind !== "found") return jobRefused(outcome);
    const words = {
      bulk: await getTranslations("bulk"),
      importUsers: await getTranslations("importUsers"),
      rules: await getTranslations("rules"),
    };
    const name = [outcome.job.kind, filter.data.outcome].filter(Boolean).join("-");
    return {
      status: 200,
      stream: textStream(fileOf(outcome.job, outcome.pieces, words)),
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${name}.csv"`,
      },
    };
  }),
});
