"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { FileUp } from "@/components/ui/icons/file-up";
import type { ImportField } from "@/lib/import/limits";
import { ProgressBar } from "../bulk/progress-bar";
import { Button } from "../ui/button";
import { buttonStyle } from "../ui/button-style";
import { Field } from "../ui/field";
import { inputStyle } from "../ui/input";
import { Notice } from "../ui/notice";
import { ColumnMapping } from "./column-mapping";
import { pastedText } from "./pasted-text";
import { FILE_MAX_BYTES, type Sampled, type SendTrouble, sampleFile, sendFile } from "./send-file";

type Trouble = SendTrouble | { kind: "notCsv" | "oneFile" };

/** What a spreadsheet or a text editor would never call a CSV file. */
const OTHER_FILE = /\.(xlsx?|ods|numbers|pdf|docx?|zip|png|jpe?g|json|xml)$/i;

/**
 * Takes a file, by choosing or by dropping it, lets the person say what its columns are where that is not plain,
 * sends it to be checked, and shows the way to the report.
 *
 * @param help what stands beside the choice of a file
 */
export function ImportForm({ help }: { help: React.ReactNode }) {
  const t = useTranslations("importUsers");
  const router = useRouter();
  const [sending, setSending] = useState<{ file: string; share: number }>();
  const [asked, setAsked] = useState<{ file: File; sampled: Sampled }>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [over, setOver] = useState(false);
  /** Kept while it is looked at, to be mended when something is wrong with it. */
  const [pasted, setPasted] = useState("");
  const abort = useRef<AbortController>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const choose = async (files: FileList | null) => {
    const [file, another] = files ?? [];
    if (file === undefined || sending) return;
    setTrouble(undefined);
    if (another) return setTrouble({ kind: "oneFile" });
    if (OTHER_FILE.test(file.name)) return setTrouble({ kind: "notCsv" });
    await take(file);
  };

  const paste = async (form: FormData) => {
    setPasted(String(form.get("addresses") ?? ""));
    const text = pastedText(String(form.get("addresses") ?? ""));
    setTrouble(undefined);
    await take(new File([text], t("pasted"), { type: "text/csv" }));
  };

  const take = async (file: File) => {
    if (file.size > FILE_MAX_BYTES) return setTrouble({ kind: "tooLarge" });
    abort.current = new AbortController();
    setSending({ file: file.name, share: 0 });
    const outcome = await sampleFile(file, abort.current.signal);
    setSending(undefined);
    if (outcome.kind === "aborted") return;
    if (outcome.kind !== "sampled") return setTrouble(outcome);
    const { sampled } = outcome;
    const fields = sampled.columns.map(({ field }) => field);
    if (isPlain(sampled)) await send(file, fields);
    else setAsked({ file, sampled });
  };

  /** What was chosen is kept, to be there again when the file does not get through. */
  const check = ({ file, sampled }: { file: File; sampled: Sampled }, fields: ImportField[]) => {
    const columns = sampled.columns.map((column, at) => ({
      ...column,
      field: fields[at] ?? column.field,
    }));
    setAsked({ file, sampled: { ...sampled, columns } });
    setTrouble(undefined);
    return send(file, fields);
  };

  const send = async (file: File, fields: readonly ImportField[]) => {
    abort.current = new AbortController();
    setSending({ file: file.name, share: 0 });
    const outcome = await sendFile(
      file,
      fields,
      (share) => setSending({ file: file.name, share }),
      abort.current.signal,
    );
    if (outcome.kind === "drafted") return router.push(`/users/import?job=${outcome.job.id}`);
    setSending(undefined);
    if (outcome.kind === "aborted") return;
    // What is wrong with the file is mended in the file, not by its columns.
    if (outcome.kind === "badFile" || outcome.kind === "tooLarge") setAsked(undefined);
    setTrouble(outcome);
  };

  const checking = sending?.share === 1;
  const label = sending && t(checking ? "checking" : "uploading", { file: sending.file });
  const told = (
    <>
      {trouble && (
        <Notice tone="danger" role="alert">
          <TroubleText trouble={trouble} />
        </Notice>
      )}
    </>
  );
  if (asked && !sending) {
    return (
      <div className="space-y-4">
        {told}
        <ColumnMapping
          file={asked.file.name}
          sampled={asked.sampled}
          onDone={(fields) => check(asked, fields)}
          onBack={() => {
            setTrouble(undefined);
            setAsked(undefined);
          }}
        />
      </div>
    );
  }
  return (
    <div className="grid gap-x-16 gap-y-12 lg:grid-cols-[3fr_2fr]">
      <div className="space-y-4">
        {told}
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
            choose(event.dataTransfer.files);
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
                    choose(event.target.files);
                    event.target.value = ""; // so that the same file, mended, can be chosen again
                  }}
                />
              </label>
              <p className="mt-3 text-soft">{t("drop")}</p>
              <p className="mt-6 max-w-sm text-sm text-soft">{t("limits")}</p>
            </div>
          )}
        </div>
        {!sending && (
          <form
            className="noscript:hidden"
            onSubmit={(event) => {
              event.preventDefault();
              paste(new FormData(event.currentTarget));
            }}
          >
            <h2 className="mt-10 mb-4 text-lg font-semibold">{t("pasteTitle")}</h2>
            <Field id="addresses" label={t("pasteLabel")} hint={t("pasteHint")}>
              {(field) => (
                <textarea
                  {...field}
                  name="addresses"
                  rows={5}
                  required
                  defaultValue={pasted}
                  spellCheck={false}
                  className={`${inputStyle} h-auto py-2`}
                />
              )}
            </Field>
            <Button type="submit" className="mt-4">
              {t("pasteButton")}
            </Button>
          </form>
        )}
      </div>
      {help}
    </div>
  );
}

/** Whether there is nothing to ask: every column with something in it is known, and all the letters are. */
function isPlain({ header, encoding, columns }: Sampled): boolean {
  const all = columns.every(({ field, samples }) => field !== "ignore" || samples.length === 0);
  const named = columns.every(({ title, samples }) => title !== "" || samples.length === 0);
  const email = columns.some(({ field }) => field === "email");
  return (
    header && encoding === "utf-8" && all && named && email && !columns.some(({ secret }) => secret)
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
