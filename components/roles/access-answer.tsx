import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Check } from "@/components/ui/icons/check";
import { CircleAlert } from "@/components/ui/icons/circle-alert";
import { X } from "@/components/ui/icons/x";
import { conditionedSubject } from "@/lib/access/conditions";
import type { Policy } from "@/lib/access/schema";
import type { Subject } from "@/lib/access/subjects";
import type { AccessAnswer as Answer } from "@/lib/roles/explain-access";
import { fieldName } from "./policy-sentences";
import { type NamedRole, useRoleWords } from "./use-role-words";

const LOOKS = {
  allowed: { Icon: Check, colour: "text-ok" },
  allowedForSome: { Icon: CircleAlert, colour: "text-warning" },
  refused: { Icon: X, colour: "text-danger" },
};

/** Yes or no in one word, and why. */
export function AccessAnswer({
  question,
  subject,
  answer,
  policies,
  named,
}: {
  /** What was asked, as a line. */
  question: string;
  subject: Subject;
  answer: Answer;
  /** The role's own, that `unmet` counts in. */
  policies: readonly Policy[];
  named: readonly NamedRole[];
}) {
  const t = useTranslations("rolesPage");
  const format = useFormatter();
  const words = useRoleWords(named);
  const verdict = answer.allowed
    ? answer.reason === "allowedForSome"
      ? "allowedForSome"
      : "allowed"
    : "refused";
  const conditioned = conditionedSubject([subject]);
  const { Icon, colour } = LOOKS[verdict];
  const reasons: ReactNode[] = [];
  if (answer.policy) {
    const sentence = words.sentencesOf(answer.policy).join(" ");
    reasons.push(t("answer.by", { number: answer.policy.index + 1, sentence }));
  }
  if (verdict === "allowedForSome" && subject === "User") reasons.push(t("answer.someHint"));
  if (answer.reason === "noPolicy") reasons.push(t("answer.noPolicy"));
  if (answer.reason === "outranked") reasons.push(t("answer.outranked"));
  for (const { index, fields } of answer.unmet) {
    const policy = policies[index];
    reasons.push(
      t("answer.unmet", {
        number: index + 1,
        fields: format.list(fields.map((field) => fieldName(t, subject, field))),
        sentence: policy ? words.sentencesOf(policy).join(" ") : "",
      }),
    );
  }
  return (
    <section
      aria-label={question}
      className="max-w-3xl rounded border border-line bg-surface p-5"
      data-allowed={answer.allowed}
    >
      <p className="text-sm text-soft wrap-anywhere">{question}</p>
      <p className="mt-1 flex items-center gap-2 text-xl font-semibold">
        <Icon className={`size-5 shrink-0 ${colour}`} aria-hidden="true" />
        {verdict === "allowedForSome" && conditioned
          ? t(`answer.forSome.${conditioned}`)
          : t(`answer.${answer.allowed ? "allowed" : "refused"}`)}
      </p>
      <ul className="mt-3 space-y-2 wrap-anywhere">
        {reasons.map((reason, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sentences that never move
          <li key={place}>{reason}</li>
        ))}
      </ul>
    </section>
  );
}
