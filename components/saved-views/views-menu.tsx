"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState, useTransition } from "react";
import { useRefusalText } from "@/components/form/use-refusal-text";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuChoice, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { Bookmark } from "@/components/ui/icons/bookmark";
import { ChevronDown } from "@/components/ui/icons/chevron-down";
import { useToast } from "@/components/ui/toaster";
import { type ListQuery, viewQuery, viewText } from "@/components/users/list/list-query";
import type { Go } from "@/components/users/list/use-list-query";
import type { SavedView } from "@/lib/saved-views/list-saved-views";
import type { ViewChange, ViewChanges } from "./view-change";

const SaveViewDialog = lazy(async () => ({
  default: (await import("./save-view-dialog")).SaveViewDialog,
}));

/** The views that everybody has. */
const BUILT_IN = {
  all: "",
  administrators: "role=predefined_super_admin",
  invited: "status=invited",
  never: "activity=never",
  inactive: "activity=inactive",
  disabled: "status=disabled",
} as const;

/** Names for what the list shows: some of ours, and those that the reader saved. */
export function ViewsMenu({
  query,
  views,
  changes,
  go,
}: {
  query: ListQuery;
  views: readonly SavedView[];
  changes: ViewChanges;
  go: Go;
}) {
  const t = useTranslations("usersList");
  const actions = useTranslations("userActions");
  const refusalText = useRefusalText();
  const toast = useToast();
  const [saving, setSaving] = useState(false);
  const [working, start] = useTransition();

  const builtIn = Object.entries(BUILT_IN).map(([name, search]) => ({
    value: search,
    label: t(`view.${name as keyof typeof BUILT_IN}`),
  }));
  const own = views.map((view) => ({ value: view.id, label: view.name }));
  const now = viewText(query);
  const current = views.find((view) => view.query === now);
  const currentName = current?.name ?? builtIn.find(({ value }) => value === now)?.label;

  const words = (change: Exclude<ViewChange, { kind: "done" }>) =>
    refusalText(change, (reason) => t(`viewProblem.${reason}`));
  const show = (search: string) => go(viewQuery(search));
  const forget = ({ id, name, query }: SavedView) =>
    start(async () => {
      const change = await changes.deleteView(id);
      if (change.kind !== "done") return toast({ text: words(change), tone: "danger" });
      const restore = () =>
        start(async () => {
          const back = await changes.saveView(name, query);
          if (back.kind !== "done") toast({ text: words(back), tone: "danger" });
        });
      toast({ text: t("viewDeleted", { name }), action: { label: actions("undo"), run: restore } });
    });

  return (
    <>
      <DropdownMenu
        align="start"
        trigger={
          <Button size="sm" className="max-w-52 min-w-0" aria-disabled={working}>
            <Bookmark className="size-4 shrink-0" aria-hidden="true" />
            <span className="truncate">{currentName ?? t("views")}</span>
            <ChevronDown className="size-4 shrink-0 text-soft" aria-hidden="true" />
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
        <MenuSeparator />
        {current ? (
          <MenuItem onSelect={() => forget(current)}>
            <span className="min-w-0 wrap-anywhere">{t("deleteView", { name: current.name })}</span>
          </MenuItem>
        ) : (
          <MenuItem disabled={currentName !== undefined} onSelect={() => setSaving(true)}>
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
