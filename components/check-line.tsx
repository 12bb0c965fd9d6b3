import type { ReactNode } from "react";
import { Check } from "@/components/ui/icons/check";
import { TriangleAlert } from "@/components/ui/icons/triangle-alert";
import { X } from "@/components/ui/icons/x";

const ICONS = {
  ok: { Icon: Check, colour: "text-ok" },
  warning: { Icon: TriangleAlert, colour: "text-warning" },
  failed: { Icon: X, colour: "text-danger" },
};

/** What a check says: what is so, what was seen, and the one thing that mends it. */
export type CheckWords = { text: ReactNode; aside?: ReactNode; fix?: ReactNode };

/** One thing that was looked at, in a list of them. */
export function CheckLine({
  state,
  stateWords,
  words: { text, aside, fix },
}: {
  state: keyof typeof ICONS;
  /** The state for who does not see the icon. */
  stateWords: string;
  words: CheckWords;
}) {
  const { Icon, colour } = ICONS[state];
  return (
    <li className="flex gap-3 py-3">
      <Icon className={`mt-0.5 size-5 shrink-0 ${colour}`} aria-hidden="true" />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p className="flex flex-wrap justify-between gap-x-4">
          <span>
            <span className="sr-only">{stateWords}: </span>
            {text}
          </span>
          {aside && <span className="text-soft tabular-nums">{aside}</span>}
        </p>
        {fix && <p className="mt-1 text-sm text-soft">{fix}</p>}
      </div>
    </li>
  );
}
