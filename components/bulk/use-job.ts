import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { JobView } from "@/lib/jobs/job-view";

/** The first look comes soon, since most jobs are small. */
const FIRST_MS = 250;
const EVERY_MS = 1_000;

/**
 * A job as it goes on. Asks once a second while it runs, and has the page read anew when it ends.
 *
 * @returns `lost` while the server does not answer; the job goes on without us
 */
export function useJob(initial: JobView): { job: JobView; lost: boolean } {
  const router = useRouter();
  const [seen, setSeen] = useState({ job: initial, lost: false });
  // A page that was read anew may know more than the last answer.
  const job = initial.finishedAt !== null ? initial : seen.job;
  const running = job.state === "running";
  const { id } = initial;

  useEffect(() => {
    if (!running) return;
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      try {
        const response = await fetch(`/v1/jobs/${id}`, { signal: gone.signal });
        if (!response.ok) throw new Error(String(response.status));
        const now: JobView = await response.json();
        setSeen({ job: now, lost: false });
        if (now.state !== "running") return router.refresh();
      } catch {
        if (gone.signal.aborted) return;
        setSeen((before) => ({ ...before, lost: true }));
      }
      timer = setTimeout(look, EVERY_MS);
    };
    timer = setTimeout(look, FIRST_MS);
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, [id, running, router]);

  return { job, lost: seen.lost && running };
}
