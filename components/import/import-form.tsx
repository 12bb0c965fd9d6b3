"use client";

import { FileUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { ProgressBar } from "../bulk/progress-bar";
import { Button } from "../ui/button";
import { buttonStyle } from "../ui/button-style";
import { Notice } from "../ui/notice";
import { FILE_MAX_BYTES, type SendOutcome, sendFile } from "./send-file";

type Trouble =
  | Exclude<SendOutcome, { kind: "drafted" | "aborted" }>
  | { kind: "notCsv" | "oneFile" };

/** What a spreadsheet or a text editor would never call a CSV file. */
const OTHER_FILE = /\.(xlsx?|ods|numbers|pdf|docx?|zip|png|jpe?g|json|xml)$/i;

/** Takes a file, by choosing or by dropping it, sends it to be checked, and shows the way to the report. */
export function ImportForm() {
  const t = useTranslations("importUsers");
  const router = useRouter();
  const [sending, setSending] = useState<{ file: string; share: number }>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [over, setOver] = useState(false);
  const abort = useRef<AbortController>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const send = async (files: FileList | null) => {
    const [file, another] = files ?? [];
    if (file === undefined || sending) return;
    setTrouble(undefined);
    if (another) return setTrouble({ kind: "oneFile" });
    if (OTHER_FILE.test(file.name)) return setTrouble({ kind: "notCsv" });
    if (file.size > FILE_MAX_BYTES) return setTrouble({ kind: "tooLarge" });
    abort.current = new AbortController();
    setSending({ file: file.name, share: 0 });
    const outcome = await sendFile(
      file,
      (share) => setSending({ file: file.name, share }),
      abort.current.signal,
    );
    if (outcome.kind === "drafted") return router.push(`/users/import?job=${outcome.job.id}`);
    setSending(undefined);
    if (outcome.kind !== "aborted") setTrouble(outcome);
  };

  const checking = sending?.share === 1;
  const label = sending && t(checking ? "checking" : "uploading", { file: sending.file });
  return (
    <>
      {trouble && (
        <Notice tone="danger" role="alert">
          <TroubleText trouble={trouble} />
        </Notice>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first */}
      <div
        className={`grid min-h-56 place-items-center rounded border border-dashed px-6 py-10 text-center transition-colors duration-150 ${over ? "border-ink bg-sunken" : "border-edge"}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          send(event.dataTransfer.files);
        }}
      >
        {sending && label ? (
          <div className="w-full max-w-sm">
            <p className="mb-3 wrap-anywhere" role="status">
              {label}
            </p>
            <ProgressBar
              label={label}
              done={sending.share}
              total={1}
              text={t("uploadProgress", { percent: sending.share })}
            />
            {!checking && (
              <Button size="sm" className="mt-6" onClick={() => abort.current?.abort()}>
                {t("abort")}
              </Button>
            )}
          </div>
        ) : (
          <div>
            <noscript>
              <p className="mb-4 max-w-md">{t("needsScript")}</p>
            </noscript>
            <FileUp className="mx-auto mb-4 size-8 text-soft" aria-hidden="true" />
            <label
              className={`${buttonStyle({ look: "primary" })} has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink`}
            >
              {t("choose")}
              <input
                ref={input}
                type="file"
                accept=".csv,.tsv,.txt,text/csv"
                className="sr-only"
                onChange={(event) => {
                  send(event.target.files);
                  event.target.value = ""; // so that the same file, mended, can be chosen again
                }}
              />
            </label>
            <p className="mt-3 text-soft">{t("drop")}</p>
            <p className="mt-6 max-w-sm text-sm text-soft">{t("limits")}</p>
          </div>
        )}
      </div>
    </>
  );
}

function TroubleText({ trouble }: { trouble: Trouble }) {
  const t = useTranslations("importUsers");
  if (trouble.kind !== "badFile") return t(trouble.kind);
  switch (trouble.problem) {
    case "columnTwice":
      return t("file_columnTwice", { column: trouble.column });
    case "encoding":
    case "quoteOpen":
    case "rowTooLong":
      return t(`file_${trouble.problem}`, { line: trouble.line });
    default:
      return t(`file_${trouble.problem}`);
  }
}
