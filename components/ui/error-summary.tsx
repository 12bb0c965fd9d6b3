import { useEffect, useRef } from "react";
import { Notice } from "./notice";

/** One problem of a form: the id of its control, the control's label, and what is wrong. */
export type FieldProblem = { id: string; label: string; text: string };

/**
 * Everything wrong with a form in one place, above it. Takes the focus each time `attempt` changes, so that
 * who cannot see the page hears it first; each line leads to its field.
 *
 * @param headlines for one problem, for two, and so on
 */
export function ErrorSummary({
  problems,
  attempt,
  headlines,
}: {
  problems: readonly FieldProblem[];
  attempt: unknown;
  headlines: readonly string[];
}) {
  const notice = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows attempts, not keystrokes
  useEffect(() => notice.current?.focus(), [attempt]);
  if (problems.length === 0) return null;
  return (
    <Notice ref={notice} tone="danger" role="alert" tabIndex={-1}>
      <p className="font-medium">{headlines[problems.length - 1] ?? headlines.at(-1)}</p>
      <ul className="mt-1 list-disc ps-5">
        {problems.map(({ id, label, text }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="underline decoration-edge underline-offset-4 hover:decoration-ink"
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(id)?.focus();
              }}
            >
              {label}
            </a>
            {": "}
            {text}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
