import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
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
    <ConfirmDialog
      title={t("saveViewTitle")}
      text={t("saveViewText")}
      confirm={t("saveViewSubmit")}
      working={t("savingView")}
      cancel={actions("cancel")}
      pending={working}
      look="secondary" // brass stays with the one thing to do on the page behind
      onConfirm={(form) =>
        start(async () => {
          const name = String(new FormData(form).get("view-name")).trim();
          const change = await save(name);
          if (change.kind === "done") return onSaved(name);
          setProblem(words(change));
          form.querySelector("input")?.focus();
        })
      }
      onClose={onClose}
    >
      <Field id="view-name" label={t("viewName")} error={problem}>
        {(field) => <Input {...field} name="view-name" maxLength={60} autoComplete="off" />}
      </Field>
    </ConfirmDialog>
  );
}
