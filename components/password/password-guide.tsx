import { useDeferredValue, useEffect, useState } from "react";
import { Check } from "@/components/ui/icons/check";
import { Circle } from "@/components/ui/icons/circle";
import type { Judgement } from "./judge";
import type { PasswordWords } from "./password-words";

const RULES = ["length", "personal", "common"] as const;
const COLOURS = ["bg-danger", "bg-danger", "bg-warning", "bg-ok", "bg-ok"];

/** The rules of a new password, told before it is typed and ticked as it is; and how strong it is, in words. */
export function PasswordGuide({
  password,
  name,
  email,
  minLength,
  words,
}: {
  password: string;
  name: string;
  email: string;
  minLength: number;
  words: PasswordWords;
}) {
  const judgement = useJudgement(password, name, email, minLength);
  const score = judgement?.score;
  return (
    <div className="mt-4 space-y-4">
      <ul aria-label={words.rules} className="space-y-1 text-sm">
        {RULES.map((rule) => {
          const met = judgement?.[rule] ?? false;
          return (
            <li key={rule} className={`flex items-center gap-2 ${met ? "text-ink" : "text-soft"}`}>
              {met ? (
                <Check className="size-4 text-ok" aria-hidden="true" />
              ) : (
                <Circle className="size-4 p-0.5" aria-hidden="true" />
              )}
              {words[rule]}
              <span className="sr-only noscript:hidden">({met ? words.met : words.notMet})</span>
            </li>
          );
        })}
      </ul>
      <div className="noscript:hidden">
        <p className="flex justify-between text-sm text-soft" aria-live="polite">
          {words.strength}
          {score !== undefined && (
            <span className="font-medium text-ink">{words.scores[score]}</span>
          )}
        </p>
        <div className="mt-2 grid grid-cols-4 gap-1" aria-hidden="true">
          {[1, 2, 3, 4].map((bar) => (
            <span
              key={bar}
              className={`h-1 rounded-full transition-colors duration-150 ${score !== undefined && bar <= Math.max(score, 1) ? COLOURS[score] : "bg-line"}`}
            />
          ))}
        </div>
      </div>
      <p className="text-sm text-soft">{words.advice}</p>
    </div>
  );
}

/** Judges after the keystroke has been drawn, with code that is fetched at the first one. */
function useJudgement(password: string, name: string, email: string, minLength: number) {
  const typed = useDeferredValue(password);
  const [judgement, setJudgement] = useState<Judgement>();
  useEffect(() => {
    if (typed === "") {
      setJudgement(undefined);
      return;
    }
    let current = true;
    import("./judge")
      .then(({ judgeFor }) => judgeFor(document.documentElement.lang, minLength))
      .then((judge) => {
        if (current) setJudgement(judge(typed, { name, email }));
      })
      // Offline, or a new release meanwhile: the guide stays silent, the form works without it.
      .catch(() => {});
    return () => {
      current = false;
    };
  }, [typed, name, email, minLength]);
  return judgement;
}
