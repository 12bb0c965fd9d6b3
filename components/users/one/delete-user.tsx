"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useRefusalText } from "@/components/form/use-refusal-text";
import type { UserChange } from "@/components/people/user-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toaster";

/** What came of putting a deleted user back. */
export type RestoreChange = UserChange | { kind: "emailTaken" };

/** Deletes a user whose e-mail address was typed, leads to the list, and offers the way back there. */
export function DeleteUser({
  person,
  isSelf,
  remove,
  restore,
}: {
  person: { id: string; name: string; email: string };
  isSelf: boolean;
  remove: (userId: string) => Promise<UserChange>;
  restore: (userId: string) => Promise<RestoreChange>;
}) {
  const t = useTranslations("userForms");
  const actions = useTranslations("userActions");
  const refusalText = useRefusalText();
  const toast = useToast();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const [working, start] = useTransition();
  const { id, name, email } = person;
  const putBack = async () => {
    const result = await restore(id);
    if (result.kind === "changed") {
      toast({ text: t("restored", { name }) });
      return router.push(`/users/${id}`);
    }
    const text = refusalText(result, (reason) => {
      if (reason === "emailTaken") return t("restoreTaken", { name });
      return reason === "notFound" ? t("restoreFailed", { name }) : actions(reason, { name });
    });
    toast({ text, tone: "danger" });
  };
  const confirm = () =>
    start(async () => {
      const result = await remove(id);
      if (result.kind !== "changed") {
        setAsking(false);
        const text = refusalText(result, (reason) => actions(reason, { name }));
        return toast({ text, tone: "danger" });
      }
      router.push("/users");
      toast({
        text: t("deleted", { name }),
        action: { label: t("restore"), run: () => void putBack() },
      });
    });
  const close = () => {
    setAsking(false);
    setTyped("");
    setWrong(false);
  };

  return (
    <>
      <Button size="sm" className="border-danger text-danger" onClick={() => setAsking(true)}>
        {t("delete")}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t("deleteTitle", { name })}
          text={t("deleteDialogText", { email })}
          confirm={t("deleteConfirm")}
          working={t("deleting")}
          cancel={actions("cancel")}
          pending={working}
          onConfirm={() => {
            const right = typed.trim().toLowerCase() === email;
            setWrong(!right);
            if (right) confirm();
            else document.getElementById("confirm-email")?.focus();
          }}
          onClose={close}
        >
          {isSelf && <p className="mb-6 font-medium">{t("deleteSelf")}</p>}
          <Field
            id="confirm-email"
            label={<span className="wrap-anywhere">{t("deleteType", { email })}</span>}
            error={wrong ? t("deleteMismatch", { email }) : undefined}
          >
            {(field) => (
              <Input
                {...field}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                autoComplete="off"
                autoCapitalize="none"
                autoCorrect="off"
                spellCheck={false}
              />
            )}
          </Field>
        </ConfirmDialog>
      )}
    </>
  );
}
