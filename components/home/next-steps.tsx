import { useTranslations } from "next-intl";
import { Check } from "@/components/ui/icons/check";
import { Link } from "@/components/ui/link";
import type { NextStep } from "@/lib/statistics/attention";
import { buttonStyle } from "../ui/button-style";
import { SubmitButton } from "../ui/submit-button";
import { BackupInstructions, HttpsInstructions } from "./operator-instructions";

/** What to do after a claim, until it is put away. */
export function NextSteps({
  steps,
  protect,
  dataDir,
  quiet,
  putAway,
}: {
  steps: readonly NextStep[];
  /** Where administrators are protected. */
  protect: string;
  dataDir: string;
  /** Whether something else on the page comes first. */
  quiet: boolean;
  putAway: () => Promise<void>;
}) {
  const t = useTranslations("home.next");
  const done = steps.filter((step) => step.done).length;
  const first = steps.find((step) => step.done === false)?.kind;
  const lookOf = (kind: NextStep["kind"]) => (kind === first && !quiet ? "primary" : "secondary");
  return (
    <section
      aria-labelledby="next-steps"
      className="mt-8 rounded border border-line bg-surface p-5 sm:p-6"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h2 id="next-steps" className="text-lg font-semibold">
            {t("title")}
          </h2>
          <p className="text-soft tabular-nums">{t("done", { done, of: steps.length })}</p>
        </div>
        <form action={putAway} className="-me-3 max-sm:-ms-3">
          <SubmitButton look="quiet" size="sm" working={t("puttingAway")}>
            {t("putAway")}
          </SubmitButton>
        </form>
      </div>
      <ol className="mt-4 divide-y divide-line border-t border-line">
        {steps.map(({ kind, done }) => (
          <li key={kind} className="flex gap-4 py-4 last:pb-0">
            <span
              className={`grid size-6 shrink-0 place-items-center rounded-full border ${
                done ? "border-ink bg-ink text-surface" : "border-edge"
              }`}
            >
              {done && <Check className="size-3.5" aria-hidden="true" />}
            </span>
            <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-3">
              <div className="min-w-0 flex-1 basis-64 max-sm:basis-full">
                <p className={`text-pretty ${done ? "text-soft" : "font-medium"}`}>
                  {t(kind)}
                  {done && <span className="sr-only"> {t("isDone")}</span>}
                </p>
                {!done && <p className="text-soft text-pretty">{t(`${kind}Why`)}</p>}
              </div>
              {!done && kind === "protect" && (
                <Link href={protect} className={buttonStyle({ look: lookOf(kind), size: "sm" })}>
                  {t("protectDo")}
                </Link>
              )}
              {!done && kind === "second" && (
                <Link href="/users/new" className={buttonStyle({ look: lookOf(kind), size: "sm" })}>
                  {t("secondDo")}
                </Link>
              )}
              {!done && kind === "backup" && <BackupInstructions dataDir={dataDir} />}
              {!done && kind === "https" && <HttpsInstructions look={lookOf(kind)} />}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
