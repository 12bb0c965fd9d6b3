"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { waitText } from "../wait-text";

/** What came of it where it did not succeed; success leads to another page. */
export type DeleteRoleState =
  | { kind: "signedOut" | "forbidden" | "beyondOwn" | "fixed" | "notFound" | "inUse" }
  | { kind: "unavailable" | "overloaded"; retryAfter: number };

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
  const waiting = useTranslations("waiting");
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<DeleteRoleState>();
  const [working, start] = useTransition();
  return (
    <>
      {failure && (
        <div className="mb-4">
          <Notice tone="danger" role="alert">
            {failure.kind === "unavailable" || failure.kind === "overloaded"
              ? waitText(waiting, failure.kind, failure.retryAfter)
              : t(`refused.${failure.kind}`)}
          </Notice>
        </div>
      )}
      <Button onClick={() => setAsking(true)}>{t("delete")}</Button>
      {asking && (
        <Dialog title={t("deleteTitle", { name })} onClose={() => setAsking(false)}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (working) return;
              start(async () => {
                setFailure(await deleteRole(slug));
                setAsking(false);
              });
            }}
          >
            <p className="mt-3 text-soft wrap-anywhere">{t("deleteText", { name })}</p>
            <div className="mt-8 flex flex-wrap justify-end gap-3">
              <Button onClick={() => setAsking(false)}>{t("cancel")}</Button>
              <SubmitButton
                look="danger"
                className="max-w-full"
                working={t("deleting")}
                pending={working}
              >
                {t("deleteConfirm", { name })}
              </SubmitButton>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
