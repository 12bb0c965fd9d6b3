"use client";

import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense, useState, useTransition } from "react";
import { useRefusalText } from "@/components/form/use-refusal-text";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuChoice, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { useToast } from "@/components/ui/toaster";
import type { Opened } from "@/components/ui/use-opening";
import { viewQuery } from "@/components/users/list/list-query";
import type { Go } from "@/components/users/list/use-list-query";
import type { ListedView } from "./listed-view";
import type { ViewChange, ViewChanges } from "./view-change";

const SaveViewDialog = lazy(async () => ({
  default: (await import("./save-view-dialog")).SaveViewDialog,
}));

/** The views to choose from, and what can be done with the one that is shown. */
export function ViewsChoice({
  now,
  name,
  current,
  builtIn,
  views,
  mayShare,
  changes,
  go,
  opened,
  children,
}: {
  /** What the list shows, as a view keeps it. */
  now: string;
  /** What that is called; and the saved view that it is. */
  name: string | undefined;
  current: ListedView | undefined;
  builtIn: readonly { value: string; label: string }[];
  views: readonly ListedView[];
  mayShare: boolean;
  changes: ViewChanges;
  go: Go;
  opened: Opened;
  /** What the button says. */
  children: ReactNode;
}) {
  const t = useTranslations("usersList");
  const actions = useTranslations("userActions");
  const refusalText = useRefusalText();
  const toast = useToast();
  const [saving, setSaving] = useState(false);
  const [working, start] = useTransition();

  const own = views
    .filter(({ owner }) => owner === null)
    .map(({ id, name }) => ({ value: id, label: name }));
  const shared = views.flatMap(({ id, name, owner }) =>
    owner === null ? [] : [{ value: id, label: t("sharedBy", { name, owner }) }],
  );
  const words = (change: Exclude<ViewChange, { kind: "done" }>) =>
    refusalText(change, (reason) => t(`viewProblem.${reason}`));
  const show = (search: string) => go(viewQuery(search));
  const share = ({ id, name, shared }: ListedView) =>
    start(async () => {
      const change = await changes.shareView(id, !shared);
      if (change.kind !== "done") return toast({ text: words(change), tone: "danger" });
      toast({ text: t(shared ? "viewUnshared" : "viewShared", { name }) });
    });
  const forget = ({ id, name, query, owner }: ListedView) =>
    start(async () => {
      const change = await changes.deleteView(id);
      if (change.kind !== "done") return toast({ text: words(change), tone: "danger" });
      const restore = () =>
        start(async () => {
          const back = await changes.saveView(name, query);
          if (back.kind !== "done") toast({ text: words(back), tone: "danger" });
        });
      toast({
        text: t("viewDeleted", { name }),
        // What was somebody else's cannot be given back.
        ...(owner === null && { action: { label: actions("undo"), run: restore } }),
      });
    });

  return (
    <>
      <DropdownMenu
        align="start"
        opened={opened}
        trigger={
          <Button size="sm" className="max-w-52 min-w-0" aria-disabled={working}>
            {children}
          </Button>
        }
      >
        <MenuChoice
          label={t("views")}
          value={current ? "none" : now}
          options={builtIn}
          onChange={show}
        />
        {own.length > 0 && (
          <>
            <MenuSeparator />
            <MenuChoice
              label={t("ownViews")}
              value={current?.id ?? ""}
              options={own}
              onChange={(id) => show(views.find((view) => view.id === id)?.query ?? "")}
            />
          </>
        )}
        {shared.length > 0 && (
          <>
            <MenuSeparator />
            <MenuChoice
              label={t("sharedViews")}
              value={current?.id ?? ""}
              options={shared}
              onChange={(id) => show(views.find((view) => view.id === id)?.query ?? "")}
            />
          </>
        )}
        <MenuSeparator />
        {current?.owner === null && mayShare && (
          <MenuItem onSelect={() => share(current)}>
            {t(current.shared ? "unshareView" : "shareView")}
          </MenuItem>
        )}
        {current?.mayDelete ? (
          <MenuItem onSelect={() => forget(current)}>
            <span className="min-w-0 wrap-anywhere">{t("deleteView", { name: current.name })}</span>
          </MenuItem>
        ) : (
          <MenuItem disabled={name !== undefined} onSelect={() => setSaving(true)}>
            {t("saveView")}
          </MenuItem>
        )}
      </DropdownMenu>
      {saving && (
        <Suspense fallback={null}>
          <SaveViewDialog
            save={(name) => changes.saveView(name, now)}
            words={words}
            onSaved={(name) => {
              setSaving(false);
              toast({ text: t("viewSaved", { name }) });
            }}
            onClose={() => setSaving(false)}
          />
        </Suspense>
      )}
    </>
  );
}
