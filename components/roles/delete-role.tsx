"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "../confirm-dialog";
import { useRefusalText } from "../form/use-refusal-text";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import type { Wait } from "../wait-text";

/** What came of it where it did not succeed; success leads to another page. */
export type DeleteRoleState =
  | { kind: "signedOut" | "forbidden" | "beyondOwn" | "fixed" | "notFound" | "inUse" }
  | Wait;

/** Asks before a role is deleted: there is no way back. */
export function DeleteRole({
  name,
  slug,
  deleteRole,
}: {
  name: string;
  slug: string;
  deleteRole: (slug: string) => Promise<DeleteRoleState>;
}) {
  const t = useTranslations("rolesPage");
  const refusalText = useRefusalText();
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<DeleteRoleState>();
  const [working, start] = useTransition();
  return (
    <>
      {failure && (
        <div className="mb-4">
          <Notice tone="danger" role="alert">
            {refusalText(failure, (reason) => t(`refused.${reason}`))}
          </Notice>
        </div>
      )}
      <Button onClick={() => setAsking(true)}>{t("delete")}</Button>
      {asking && (
        <ConfirmDialog
          title={t("deleteTitle", { name })}
          text={t("deleteText", { name })}
          confirm={t("deleteConfirm", { name })}
          working={t("deleting")}
          cancel={t("cancel")}
          pending={working}
          onConfirm={() =>
            start(async () => {
              setFailure(await deleteRole(slug));
              setAsking(false);
            })
          }
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
