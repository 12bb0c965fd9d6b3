"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useRefusalText } from "@/components/form/use-refusal-text";
import type { UserChange } from "@/components/people/user-change";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toaster";

/** Ends every session of a user, or every other one of one's own, after asking. */
export function ForceSignOut({
  person,
  isSelf,
  count,
  end,
}: {
  person: { id: string; name: string; email: string };
  isSelf: boolean;
  /** How many would end; null when there are more than are shown. */
  count: number | null;
  end: (userId: string) => Promise<UserChange>;
}) {
  const t = useTranslations("userForms");
  const actions = useTranslations("userActions");
  const refusalText = useRefusalText();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const [working, start] = useTransition();
  const { name, email } = person;
  const confirm = () =>
    start(async () => {
      const result = await end(person.id);
      setAsking(false);
      if (result.kind === "changed") {
        return toast({ text: isSelf ? t("forcedSelf") : t("forced", { name }) });
      }
      toast({ text: refusalText(result, (reason) => actions(reason, { name })), tone: "danger" });
    });
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        {isSelf ? t("forceOthers") : t("forceSignOut")}
      </Button>
      {asking && (
        <ConfirmDialog
          title={isSelf ? t("forceSelfTitle") : t("forceTitle", { name })}
          text={
            isSelf
              ? t("forceSelfText")
              : count === null
                ? t("forceTextMany", { email })
                : t("forceText", { count, email })
          }
          confirm={isSelf ? t("forceOthers") : t("forceSignOut")}
          working={t("forcing")}
          cancel={actions("cancel")}
          pending={working}
          onConfirm={confirm}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
