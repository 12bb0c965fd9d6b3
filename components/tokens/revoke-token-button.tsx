"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useRefusalText } from "@/components/form/use-refusal-text";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toaster";
import type { Wait } from "@/components/wait-text";

export type RevokeToken = (
  id: number,
) => Promise<{ kind: "revoked" | "notFound" } | { kind: "forbidden" | "signedOut" } | Wait>;

/** Revokes a token after asking: there is no way back. */
export function RevokeTokenButton({
  id,
  name,
  revoke,
}: {
  id: number;
  name: string;
  revoke: RevokeToken;
}) {
  const t = useTranslations("tokenRevocation");
  const refusalText = useRefusalText();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const [working, start] = useTransition();
  const confirm = () =>
    start(async () => {
      const result = await revoke(id);
      setAsking(false);
      switch (result.kind) {
        case "revoked":
          return toast({ text: t("revoked", { name }) });
        case "notFound":
          return toast({ text: t("revokedAlready", { name }) });
        default:
          return toast({ text: refusalText(result, t), tone: "danger" });
      }
    });
  return (
    <>
      <Button size="sm" aria-label={t("revokeLabel", { name })} onClick={() => setAsking(true)}>
        {t("revoke")}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t("revokeTitle", { name })}
          text={t("revokeText")}
          confirm={t("revoke")}
          working={t("revoking")}
          cancel={t("cancel")}
          pending={working}
          onConfirm={confirm}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
