"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import type { JobView } from "@/lib/jobs/job-view";

// Loaded where there is a job.
const JobBar = lazy(async () => ({ default: (await import("./job-bar")).JobBar }));

/** One's own jobs that run or have just ended, as quiet bars above whatever the page is about. */
export function JobBars({ jobs }: { jobs: readonly JobView[] }) {
  const t = useTranslations("bulk");
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const shown = jobs.filter(({ id }) => !dismissed.includes(id));
  return (
    <section aria-label={t("jobs")} aria-live="polite" className="space-y-2 not-empty:mt-6">
      {shown.map((job) => (
        <Suspense key={job.id} fallback={<div className="h-12" />}>
          <JobBar initial={job} onDismiss={() => setDismissed((ids) => [...ids, job.id])} />
        </Suspense>
      ))}
    </section>
  );
}
