"use client";

import { Check, Circle } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useDeferredValue, useEffect, useState } from "react";
import type { Judgement } from "./judge";

const RULES = [
  ["length", "ruleLength"],
  ["personal", "rulePersonal"],
  ["common", "ruleCommon"],
] as const;
const SCORES = ["score0", "score1", "score2", "score3", "score4"] as const;
const COLOURS = ["bg-danger", "bg-danger", "bg-warning", "bg-ok", "bg-ok"];

/** The rules of a new password, told before it is typed and ticked as it is; and how strong it is, in words. */
export function PasswordGuide({
  password,
  name,
  email,
  minLength,
  advisedLength,
}: {
  password: string;
  name: string;
  email: string;
  minLength: number;
  advisedLength: number;
}) {
  const t = useTranslations("password");
  const judgement = useJudgement(password, name, email, minLength);
  const score = judgement?.score;
  return (
    <div className="mt-4 space-y-4">
      <ul aria-label={t("rules")} className="space-y-1 text-sm">
        {RULES.map(([rule, words]) => {
          const met = judgement?.[rule] ?? false;
          return (
            <li key={rule} className={`flex items-center gap-2 ${met ? "text-ink" : "text-soft"}`}>
              {met ? (
                <Check className="size-4 text-ok" aria-hidden="true" />
              ) : (
                <Circle className="size-4 p-0.5" aria-hidden="true" />
              )}
              {t(words, { min: minLength })}
              <span className="sr-only noscript:hidden">({t(met ? "met" : "notMet")})</span>
            </li>
          );
        })}
      </ul>
      <div className="noscript:hidden">
        <p className="flex justify-between text-sm text-soft" aria-live="polite">
          {t("strength")}
          {score !== undefined && (
            <span className="font-medium text-ink">{t(SCORES[score] ?? "score0")}</span>
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
      <p className="text-sm text-soft">{t("advice", { advised: advisedLength })}</p>
    </div>
  );
}

/** Judges after the keystroke has been drawn, with code that is fetched at the first one. */
function useJudgement(password: string, name: string, email: string, minLength: number) {
  const locale = useLocale();
  const typed = useDeferredValue(password);
  const [judgement, setJudgement] = useState<Judgement>();
  useEffect(() => {
    if (typed === "") {
      setJudgement(undefined);
      return;
    }
    let current = true;
    import("./judge")
      .then(({ judgeFor }) => judgeFor(locale, minLength))
      .then((judge) => {
        if (current) setJudgement(judge(typed, { name, email }));
      })
      // Offline or a new release meanwhile: the guide stays silent, the form works without it.
      .catch(() => {});
    return () => {
      current = false;
    };
  }, [typed, name, email, locale, minLength]);
  return judgement;
}
