import type { useTranslations } from "next-intl";
import type { JobItemView } from "@/lib/jobs/job-item-view";
import type { JobView } from "@/lib/jobs/job-view";

/** The translators of the three sections that hold the reasons. */
export type ReasonWords = {
  bulk: ReturnType<typeof useTranslations<"bulk">>;
  importUsers: ReturnType<typeof useTranslations<"importUsers">>;
  rules: ReturnType<typeof useTranslations<"rules">>;
};

/** Why an item was left as it was, in a sentence; empty where there is nothing to say. */
export function reasonText(
  words: ReasonWords,
  kind: JobView["kind"],
  { reason, data }: Pick<JobItemView, "reason" | "data">,
): string {
  switch (reason) {
    case null:
      return "";
    case "yourself":
    case "lastAdmin":
    case "notFound":
      return words.bulk(`why_${reason}`);
    case "forbidden":
      return kind === "import"
        ? words.importUsers("reason_forbidden")
        : words.bulk("why_forbidden");
    case "duplicate":
      return words.importUsers("reason_duplicate", { line: data?.firstLine ?? 0 });
    case "tooManyCells":
    case "roleUnknown":
      return words.importUsers(`reason_${reason}`);
    default:
      return words.rules(reason, { min: 0 }); // no rule of an import speaks of a length of its own
  }
}
