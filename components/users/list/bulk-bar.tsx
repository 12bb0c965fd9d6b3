"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { BulkDialog } from "@/components/bulk/bulk-dialog";
import type { Bulk, BulkAnswer } from "@/components/bulk/bulk-run";
import { LinksMaker } from "@/components/links/links-maker";
import type { People } from "@/components/links/make-links";
import { Button } from "@/components/ui/button";
import { CloseButton } from "@/components/ui/close-button";
import { Dialog } from "@/components/ui/dialog";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { ChevronDown } from "@/components/ui/icons/chevron-down";
import type { BulkAction, BulkRequest } from "@/lib/bulk/bulk-request";
import type { Selection } from "./selection";

/** What can be done with the selected users. Nothing is done before its preview was seen. */
export function BulkBar({
  selection,
  first,
  onClear,
  bulk,
}: {
  selection: Selection;
  /** Which of the two stands in the bar; the other is in its menu. */
  first: "disable" | "enable";
  onClear: () => void;
  bulk: Bulk;
}) {
  const t = useTranslations("bulk");
  const [action, setAction] = useState<BulkAction>();
  const [answer, setAnswer] = useState<BulkAnswer>();
  const [working, start] = useTransition();
  const [linking, setLinking] = useState(false);
  const links = useTranslations("manyLinks");

  const preview = (request: BulkRequest) =>
    start(async () => setAnswer(await bulk.run(selection, request, { dryRun: true })));
  const open = (chosen: BulkAction) => {
    setAction(chosen);
    setAnswer(undefined);
    // A role has to be chosen first.
    if (chosen !== "changeRole") preview(requestOf(chosen));
  };
  const close = () => setAction(undefined);
  const confirm = (request: BulkRequest, expected: number) =>
    start(async () => {
      const given = await bulk.run(selection, request, { expected });
      if (given.kind !== "started") return setAnswer(given);
      close();
      onClear();
    });

  const second = first === "enable" ? "disable" : "enable";
  const count = selection.kind === "users" ? selection.ids.length : selection.total.value;
  const exact = selection.kind === "users" || selection.total.exact;
  return (
    <section
      aria-label={t("title")}
      className="flex flex-wrap items-center gap-2 rounded border border-edge bg-surface py-2 pe-2 ps-4"
    >
      <p className="me-auto font-medium tabular-nums" role="status">
        {t(exact ? "selected" : "selectedMore", { count })}
      </p>
      <CloseButton
        label={t("clear")}
        title={t("clear")}
        className="sm:order-last"
        onClick={onClear}
      />
      <div data-actions className="flex flex-wrap items-center gap-2 max-sm:basis-full max-sm:pb-1">
        {bulk.mayDisable && (
          <Button size="sm" onClick={() => open(first)}>
            {t(first)}
          </Button>
        )}
        {bulk.mayChangeRole && (
          <Button size="sm" onClick={() => open("changeRole")}>
            {t("changeRole")}
          </Button>
        )}
        <DropdownMenu
          trigger={
            <Button size="sm">
              {t("more")}
              <ChevronDown className="size-4 text-soft" aria-hidden="true" />
            </Button>
          }
        >
          {bulk.mayDisable && <MenuItem onSelect={() => open(second)}>{t(second)}</MenuItem>}
          {bulk.maySignOut && <MenuItem onSelect={() => open("signOut")}>{t("signOut")}</MenuItem>}
          {bulk.mayInvite && <MenuItem onSelect={() => setLinking(true)}>{links("menu")}</MenuItem>}
          {(bulk.mayDisable || bulk.maySignOut || bulk.mayInvite) && bulk.mayDelete && (
            <MenuSeparator />
          )}
          {bulk.mayDelete && <MenuItem onSelect={() => open("delete")}>{t("delete")}</MenuItem>}
        </DropdownMenu>
      </div>
      {linking && (
        <Dialog title={links("dialogTitle")} onClose={() => setLinking(false)}>
          <p className="mt-3 mb-6 text-soft">{links("dialogText")}</p>
          <LinksMaker people={peopleOf(selection)} total={count} />
          <div className="mt-8 flex justify-end">
            <Button onClick={() => setLinking(false)}>{links("close")}</Button>
          </div>
        </Dialog>
      )}
      {action && (
        <BulkDialog
          key={action}
          action={action}
          answer={answer}
          roles={bulk.roles}
          working={working}
          onRole={(role) => preview({ action: "changeRole", role })}
          onConfirm={confirm}
          onClose={close}
        />
      )}
    </section>
  );
}

function peopleOf(selection: Selection): People {
  return selection.kind === "users"
    ? { ids: selection.ids }
    : { filter: Object.fromEntries(new URLSearchParams(selection.query)) };
}

function requestOf(action: Exclude<BulkAction, "changeRole">): BulkRequest {
  return action === "disable" ? { action, reason: "" } : { action };
}
