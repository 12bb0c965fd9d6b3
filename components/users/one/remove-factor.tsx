"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useRefusalText } from "@/components/form/use-refusal-text";
import type { UserChange } from "@/components/people/user-change";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toaster";

/** Takes the second factor off somebody who has lost it, after asking. */
export function RemoveFactor({
  person: { id, name },
  remove,
}: {
  person: { id: string; name: string };
  remove: (userId: string) => Promise<UserChange>;
}) {
  const t = useTranslations("userForms");
  const actions = useTranslations("userActions");
  const refusalText = useRefusalText();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const [working, start] = useTransition();
  const confirm = () =>
    start(async () => {
      const result = await remove(id);
      setAsking(false);
      if (result.kind === "changed") return toast({ text: t("factorRemoved", { name }) });
      toast({ text: refusalText(result, (reason) => actions(reason, { name })), tone: "danger" });
    });
  return (
    <div className="mb-6">
      <Button size="sm" onClick={() => setAsking(true)}>
        {t("factorRemove")}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t("factorRemoveTitle", { name })}
          text={t("factorRemoveText", { name })}
          confirm={t("factorRemove")}
          working={t("factorRemoving")}
          cancel={actions("cancel")}
          pending={working}
          onConfirm={confirm}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
