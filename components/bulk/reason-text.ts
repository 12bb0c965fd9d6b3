import type { useTranslations } from "next-intl";
import type { JobItemView } from "@/lib/jobs/job-item-view";
import type { JobView } from "@/lib/jobs/job-view";

/** The translators of the three sections that hold the reasons. */
export type ReasonWords = {
  bulk: ReturnType<typeof useTranslations<"bulk">>;
  importUsers: ReturnType<typeof useTranslations<"importUsers">>;
  rules: ReturnType<typeof useTranslations<"rules">>;
};

/** What Unicode calls the commonest of the characters that nobody sees. */
const MARKS: Record<string, string> = {
  "U+0009": "TAB",
  "U+000A": "LINE FEED",
  "U+00AD": "SOFT HYPHEN",
  "U+200B": "ZERO WIDTH SPACE",
  "U+200C": "ZERO WIDTH NON-JOINER",
  "U+200D": "ZERO WIDTH JOINER",
  "U+200E": "LEFT-TO-RIGHT MARK",
  "U+200F": "RIGHT-TO-LEFT MARK",
  "U+202A": "LEFT-TO-RIGHT EMBEDDING",
  "U+202B": "RIGHT-TO-LEFT EMBEDDING",
  "U+202C": "POP DIRECTIONAL FORMATTING",
  "U+202D": "LEFT-TO-RIGHT OVERRIDE",
  "U+202E": "RIGHT-TO-LEFT OVERRIDE",
  "U+2060": "WORD JOINER",
  "U+2066": "LEFT-TO-RIGHT ISOLATE",
  "U+2067": "RIGHT-TO-LEFT ISOLATE",
  "U+2068": "FIRST STRONG ISOLATE",
  "U+2069": "POP DIRECTIONAL ISOLATE",
  "U+FEFF": "ZERO WIDTH NO-BREAK SPACE",
};

/** Why an item was left as it was, in a sentence; empty where there is nothing to say. */
export function reasonText(
  words: ReasonWords,
  kind: JobView["kind"],
  { reason, data }: Pick<JobItemView, "reason" | "data">,
): string {
  if (data?.mark !== undefined) {
    const { mark, column } = data;
    const name = MARKS[mark];
    return words.importUsers("reason_hidden", {
      mark,
      name: name ?? "none",
      column: column === "email" ? "email" : "name",
    });
  }
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
    case "roleAmbiguous":
    case "keptOut":
      return words.importUsers(`reason_${reason}`);
    default:
      return words.rules(reason, { min: 0 }); // no rule of an import speaks of a length of its own
  }
}
