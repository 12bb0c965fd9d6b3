"use client";

import { useTranslations } from "next-intl";
import type { JobView } from "@/lib/jobs/job-view";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { doneOf, finishedText } from "./job-text";
import { ProgressBar } from "./progress-bar";
import { Sums } from "./sums";
import { useJob } from "./use-job";

/** A job's progress while it runs, with the way to stop it, and its sums. */
export function JobPanel({
  initial,
  cancel,
}: {
  initial: JobView;
  cancel: (form: FormData) => Promise<void>;
}) {
  const t = useTranslations("bulk");
  const { job, lost } = useJob(initial);
  const running = job.state === "running";
  const done = doneOf(job);
  const progress = t("progress", { done, total: job.total });
  const isImport = job.kind === "import";
  const sums = [
    { label: t(isImport ? "sumImported" : "sumChanged"), count: job.changed, tone: "ok" },
    { label: t(isImport ? "sumKnown" : "sumUnchanged"), count: job.unchanged, tone: "plain" },
    { label: t("sumRejected"), count: job.rejected, tone: "danger" },
    ...(done < job.total && !running
      ? [{ label: t("sumPending"), count: job.total - done, tone: "plain" } as const]
      : []),
  ] as const;
  return (
    <div className="space-y-6">
      <div aria-live="polite">
        {!running && (
          <Notice tone={job.state === "done" ? "ok" : "warning"}>{finishedText(t, job)}</Notice>
        )}
      </div>
      {running && (
        <div className="flex flex-wrap items-end gap-x-6 gap-y-4">
          <div className="min-w-0 flex-1 basis-72">
            <p className="mb-2 flex justify-between gap-4 tabular-nums" aria-hidden="true">
              <span className="text-soft">{t("leave")}</span>
              <span className="whitespace-nowrap">{progress}</span>
            </p>
            <ProgressBar
              label={t(`job_${job.kind}`)}
              done={done}
              total={job.total}
              text={progress}
            />
            {lost && <p className="mt-2 text-sm text-soft">{t("connectionLost")}</p>}
          </div>
          <form action={cancel}>
            <input type="hidden" name="job" value={job.id} />
            <SubmitButton look="secondary" size="sm" working={t("cancelling")}>
              {t("cancelJob")}
            </SubmitButton>
          </form>
        </div>
      )}
      <Sums sums={sums} />
    </div>
  );
}
