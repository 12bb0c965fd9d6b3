"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CircleAlert } from "@/components/ui/icons/circle-alert";
import { inputStyle } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { METADATA_MAX_BYTES } from "@/lib/users/limits";
import { EditNotices } from "./edit-notices";
import type { SaveEdit } from "./edit-state";
import { judgeMetadata } from "./judge-metadata";
import { type Snapshot, tidyJson } from "./snapshot";
import { useEdit } from "./use-edit";

const FIELDS = ["metadata"] as const;

/** Metadata as JSON, judged while it is typed. Sends what it was read as, like the profile. */
export function MetadataForm({
  userId,
  snapshot,
  save,
}: {
  userId: string;
  snapshot: Snapshot;
  save: SaveEdit;
}) {
  const t = useTranslations("userForms");
  const edit = useEdit({
    fields: FIELDS,
    snapshot,
    save,
    isDirty: (read): boolean => text !== read.metadata,
    show: ({ metadata }) => setText(metadata),
  });
  const [text, setText] = useState(edit.valueOf("metadata"));
  const editor = useRef<HTMLTextAreaElement>(null);

  const judged = judgeMetadata(text);
  const problem = judged.kind === "wrong" ? judged.problem : null;
  const isRight = () => {
    if (problem === null) return true;
    editor.current?.focus();
    editor.current?.setSelectionRange(problem.offset, problem.offset + 1);
    return false;
  };
  const lines = Math.min(24, Math.max(6, text.split("\n").length + 1));

  return (
    <form action={edit.send} onSubmit={edit.submit(isRight)} noValidate className="space-y-4">
      <EditNotices userId={userId} edit={edit} onTaken={() => editor.current?.focus()} />
      <div>
        <label htmlFor="metadata-text" className="sr-only">
          {t("metadataLabel")}
        </label>
        <textarea
          ref={editor}
          id="metadata-text"
          name="metadata"
          value={text}
          onChange={(event) => setText(event.target.value)}
          rows={lines}
          aria-describedby="metadata-state"
          {...(problem && { "aria-invalid": true })}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          className={`${inputStyle} h-auto resize-y py-2 font-mono text-sm`}
        />
        <div
          id="metadata-state"
          className="mt-2 flex min-h-10 flex-wrap justify-between gap-x-6 gap-y-1 text-sm"
        >
          {problem ? (
            <p className="flex min-w-0 flex-1 basis-64 gap-2 text-danger">
              <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
              <span className="min-w-0 wrap-anywhere">
                <span className="font-medium tabular-nums">
                  {t("metadataAt", { line: problem.line, column: problem.column })}
                </span>
                <br />
                {t(`metadataRules.${problem.rule}`, { key: problem.key })}
              </span>
            </p>
          ) : (
            <p className="text-soft">{t("metadataFine")}</p>
          )}
          {judged.kind === "fine" && (
            <p className="text-soft tabular-nums">
              {t("metadataBytes", { bytes: judged.bytes, max: METADATA_MAX_BYTES })}
            </p>
          )}
        </div>
      </div>
      <div className="flex flex-wrap gap-3">
        <SubmitButton
          look="secondary"
          working={t("saving")}
          pending={edit.sending}
          className="min-w-36"
        >
          {edit.saveLabel(t("saveMetadata"))}
        </SubmitButton>
        <Button
          look="quiet"
          className="noscript:hidden"
          disabled={judged.kind === "wrong"}
          onClick={() => {
            if (judged.kind === "fine") setText(tidyJson(judged.value));
          }}
        >
          {t("tidy")}
        </Button>
      </div>
    </form>
  );
}
