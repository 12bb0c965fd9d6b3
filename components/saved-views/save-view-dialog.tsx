import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ViewChange } from "./view-change";

/** Asks for a name for what the list shows now. */
export function SaveViewDialog({
  save,
  words,
  onSaved,
  onClose,
}: {
  save: (name: string) => Promise<ViewChange>;
  words: (change: Exclude<ViewChange, { kind: "done" }>) => string;
  onSaved: (name: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations("usersList");
  const actions = useTranslations("userActions");
  const [problem, setProblem] = useState<string>();
  const [working, start] = useTransition();
  return (
    <Dialog title={t("saveViewTitle")} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (working) return;
          const form = event.currentTarget;
          const name = String(new FormData(form).get("view-name")).trim();
          start(async () => {
            const change = await save(name);
            if (change.kind === "done") return onSaved(name);
            setProblem(words(change));
            form.querySelector("input")?.focus();
          });
        }}
      >
        <p className="mt-3 mb-6 text-soft">{t("saveViewText")}</p>
        <Field id="view-name" label={t("viewName")} error={problem}>
          {(field) => <Input {...field} name="view-name" maxLength={60} autoComplete="off" />}
        </Field>
        <div className="mt-8 flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{actions("cancel")}</Button>
          {/* Brass stays with the one thing to do on the page behind. */}
          <SubmitButton look="secondary" working={t("savingView")} pending={working}>
            {t("saveViewSubmit")}
          </SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}
