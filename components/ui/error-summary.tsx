"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Notice } from "./notice";

/** One problem of a form: the id of its control, the control's label, and what is wrong. */
export type FieldProblem = { id: string; label: string; text: string };

/**
 * Everything wrong with a form in one place, above it. Takes the focus each time `attempt` changes, so that
 * who cannot see the page hears it first; each line leads to its field.
 */
export function ErrorSummary({
  problems,
  attempt,
}: {
  problems: readonly FieldProblem[];
  attempt: unknown;
}) {
  const t = useTranslations("errors");
  const notice = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows attempts, not keystrokes
  useEffect(() => notice.current?.focus(), [attempt]);
  if (problems.length === 0) return null;
  return (
    <Notice ref={notice} tone="danger" role="alert" tabIndex={-1}>
      <p className="font-medium">{t("summary", { count: problems.length })}</p>
      <ul className="mt-1 list-disc pl-5">
        {problems.map(({ id, label, text }) => (
          <li key={id + text}>
            <a
              href={`#${id}`}
              className="underline decoration-edge underline-offset-4 hover:decoration-ink"
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(id)?.focus();
              }}
            >
              {t("atField", { field: label, problem: text })}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
