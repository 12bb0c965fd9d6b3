import type { useTranslations } from "next-intl";
import type { JobView } from "@/lib/jobs/job-view";

type Words = ReturnType<typeof useTranslations<"bulk">>;

/** How many of a job's users are decided. */
export function doneOf({ changed, unchanged, rejected }: JobView): number {
  return changed + unchanged + rejected;
}

/** How a job ended, in a sentence. */
export function finishedText(t: Words, { state, kind, changed, stoppedBecause }: JobView): string {
  if (state === "cancelled") return t("cancelledText");
  if (stoppedBecause !== null) return t(`stopped_${stoppedBecause}`);
  return t(kind === "import" ? "finishedImport" : "finished", { changed });
}
