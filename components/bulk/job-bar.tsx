"use client";

import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import type { JobView } from "@/lib/jobs/job-view";
import { CloseButton } from "../ui/close-button";
import { Spinner } from "../ui/spinner";
import { doneOf, finishedText } from "./job-text";
import { ProgressBar } from "./progress-bar";
import { useJob } from "./use-job";

/** A job as a bar: how far it is, or how it ended. */
export function JobBar({ initial, onDismiss }: { initial: JobView; onDismiss: () => void }) {
  const t = useTranslations("bulk");
  const { job, lost } = useJob(initial);
  const running = job.state === "running";
  const done = doneOf(job);
  const progress = t("progress", { done, total: job.total });
  return (
    <div className="rounded border border-line bg-surface px-4 py-3">
      <div className="flex items-center gap-3">
        {running && <Spinner />}
        <p className="flex min-w-0 flex-1 flex-wrap gap-x-4">
          <span>{running ? t(`job_${job.kind}`) : finishedText(t, job)}</span>
          <Link
            href={`/jobs/${job.id}`}
            className="whitespace-nowrap underline decoration-edge underline-offset-4 hover:decoration-ink"
          >
            {t("details")}
          </Link>
        </p>
        {running ? (
          // Spoken by the bar itself when it is asked, and not each second.
          <span className="text-sm text-soft tabular-nums" aria-hidden="true">
            {progress}
          </span>
        ) : (
          <CloseButton label={t("close")} onClick={onDismiss} />
        )}
      </div>
      {running && (
        <div className="mt-2">
          <ProgressBar label={t(`job_${job.kind}`)} done={done} total={job.total} text={progress} />
        </div>
      )}
      {lost && <p className="mt-2 text-sm text-soft">{t("connectionLost")}</p>}
    </div>
  );
}
