"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  type FormEvent,
  startTransition,
  useActionState,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from "react";
import { Button } from "@/components/ui/button";
import { inputStyle } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { useToast } from "@/components/ui/toaster";
import { METADATA_MAX_BYTES } from "@/lib/users/limits";
import { EditRefusal } from "./edit-refusal";
import { type EditState, type SaveEdit, valueAfter } from "./edit-state";
import { judgeMetadata } from "./judge-metadata";
import { type Snapshot, tidyJson } from "./snapshot";
import { overlaps, StaleNotice } from "./stale-notice";

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
  const t = useTranslations("userDetail");
  const toast = useToast();
  const [state, send, sending] = useActionState(save, { kind: "idle" });
  const [read, setRead] = useState(snapshot);
  const [stale, setStale] = useState(state.kind === "stale" ? state : null);
  const [text, setText] = useState(valueAfter(state, "metadata", read.metadata));
  const editor = useRef<HTMLTextAreaElement>(null);

  const startFrom = (now: Snapshot, value = now.metadata) => {
    setRead(now);
    setText(value);
  };
  const hear = useEffectEvent((answer: EditState) => {
    setStale(answer.kind === "stale" ? answer : null);
    if (answer.kind === "saved") {
      startFrom(answer.now);
      toast({ text: t("saved") });
    }
    if (answer.kind === "stale") {
      startFrom(answer.now, valueAfter(answer, "metadata", answer.now.metadata));
    }
  });
  useEffect(() => hear(state), [state]);

  // As in the profile: what changed elsewhere makes this edit stale only if it changed the metadata.
  const follow = useEffectEvent((fresh: Snapshot) => {
    if (fresh.metadata === read.metadata) setRead(fresh);
    else if (text === read.metadata) startFrom(fresh);
  });
  useEffect(() => follow(snapshot), [snapshot]);

  const judged = judgeMetadata(text);
  const problem = judged.kind === "wrong" ? judged.problem : null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending) return;
    if (problem) {
      editor.current?.focus();
      editor.current?.setSelectionRange(problem.offset, problem.offset + 1);
      return;
    }
    const data = new FormData(event.currentTarget);
    startTransition(() => send(data));
  };
  const lines = Math.min(24, Math.max(6, text.split("\n").length + 1));

  return (
    <form action={send} onSubmit={submit} noValidate className="space-y-4">
      <input type="hidden" name="read" value={JSON.stringify(read)} />
      {stale && (
        <StaleNotice
          state={stale}
          userId={userId}
          onTakeTheirs={() => {
            startFrom(read);
            setStale(null);
            editor.current?.focus();
          }}
        />
      )}
      <EditRefusal state={state} name={read.name || read.email} />
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
        <SubmitButton look="secondary" working={t("saving")} pending={sending} className="min-w-36">
          {stale === null ? t("saveMetadata") : t(overlaps(stale) ? "saveOver" : "saveAgain")}
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
