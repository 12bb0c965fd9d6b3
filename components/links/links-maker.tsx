"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ProgressBar } from "../bulk/progress-bar";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import {
  type LinkSums,
  type LinksOutcome,
  makeLinks,
  NOTHING_YET,
  type People,
  saveFile,
} from "./make-links";

/**
 * Makes links for many people, shows how far it is, saves the file that has them, and says what to do with it.
 *
 * @param total how many people there may be at most
 */
export function LinksMaker({ people, total }: { people: People; total: number }) {
  const t = useTranslations("manyLinks");
  const [sums, setSums] = useState<LinkSums>();
  const [outcome, setOutcome] = useState<LinksOutcome>();

  const begin = async () => {
    setOutcome(undefined);
    setSums(NOTHING_YET);
    const given = await makeLinks(people, setSums);
    if ("file" in given) saveFile(given.file);
    setSums(undefined);
    setOutcome(given);
  };

  if (sums) {
    const done = sums.made + sums.left;
    const progress = t("progress", { done, total });
    return (
      <div>
        <p className="mb-2 flex justify-between gap-4 tabular-nums" aria-hidden="true">
          <span className="text-soft">{t("making")}</span>
          <span className="whitespace-nowrap">{progress}</span>
        </p>
        <ProgressBar label={t("making")} done={done} total={total} text={progress} />
      </div>
    );
  }
  return (
    <div className="space-y-4" aria-live="polite">
      {outcome && <Told outcome={outcome} />}
      {outcome && "file" in outcome ? (
        <div className="flex flex-wrap gap-3">
          <Button size="sm" onClick={() => saveFile(outcome.file)}>
            {t("saveAgain")}
          </Button>
          {outcome.kind === "stopped" && (
            <Button size="sm" onClick={begin}>
              {t("makeAgain")}
            </Button>
          )}
        </div>
      ) : (
        <Button look="primary" onClick={begin}>
          {t("make", { count: total })}
        </Button>
      )}
    </div>
  );
}

function Told({ outcome }: { outcome: LinksOutcome }) {
  const t = useTranslations("manyLinks");
  if (!("file" in outcome)) {
    return (
      <Notice tone="danger" role="alert">
        {t(outcome.kind)}
      </Notice>
    );
  }
  const { kind, sums, file } = outcome;
  return (
    <>
      <Notice tone={kind === "made" ? "ok" : "warning"}>
        {kind === "stopped" && <>{t("stopped")} </>}
        {t("made", { count: sums.made, file: file.name })}
        {sums.mailed > 0 && <> {t("mailed", { count: sums.mailed })}</>}
      </Notice>
      {sums.notMailed > 0 && (
        <Notice tone="warning">{t("notMailed", { count: sums.notMailed })}</Notice>
      )}
      {sums.left > 0 && <p className="text-soft">{t("left", { count: sums.left })}</p>}
      {sums.made > 0 && <p className="text-soft">{t("secret")}</p>}
    </>
  );
}
