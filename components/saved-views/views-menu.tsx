"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { Button } from "@/components/ui/button";
import { Bookmark } from "@/components/ui/icons/bookmark";
import { ChevronDown } from "@/components/ui/icons/chevron-down";
import { useOpening } from "@/components/ui/use-opening";
import { type ListQuery, viewText } from "@/components/users/list/list-query";
import type { Go } from "@/components/users/list/use-list-query";
import type { ListedView } from "./listed-view";
import type { ViewChanges } from "./view-change";

const ViewsChoice = lazy(async () => ({ default: (await import("./views-choice")).ViewsChoice }));

/** The views that everybody has. */
const BUILT_IN = {
  all: "",
  administrators: "role=predefined_super_admin",
  invited: "status=invited",
  never: "activity=never",
  inactive: "activity=inactive",
  disabled: "status=disabled",
  withoutFactor: "status=active&secondFactor=no",
} as const;

/**
 * Names for what the list shows: some of ours, those that the reader saved and those that others share. The menu is loaded
 * when it is first opened.
 */
export function ViewsMenu({
  query,
  views,
  ...rest
}: {
  query: ListQuery;
  views: readonly ListedView[];
  mayShare: boolean;
  changes: ViewChanges;
  go: Go;
}) {
  const t = useTranslations("usersList");
  const { opened, opener } = useOpening();
  const builtIn = Object.entries(BUILT_IN).map(([name, search]) => ({
    value: search,
    label: t(`view.${name as keyof typeof BUILT_IN}`),
  }));
  const now = viewText(query);
  const known = views.filter((view) => view.query === now);
  const current = known.find(({ owner }) => owner === null) ?? known[0];
  const name = current?.name ?? builtIn.find(({ value }) => value === now)?.label;
  const label = (
    <>
      <Bookmark className="size-4 shrink-0" aria-hidden="true" />
      <span className="truncate">{name ?? t("views")}</span>
      <ChevronDown className="size-4 shrink-0 text-soft" aria-hidden="true" />
    </>
  );
  const button = (
    <Button size="sm" className="max-w-52 min-w-0" {...opener}>
      {label}
    </Button>
  );
  if (opened === undefined) return button;
  return (
    <Suspense fallback={button}>
      <ViewsChoice
        now={now}
        name={name}
        current={current}
        builtIn={builtIn}
        views={views}
        opened={opened}
        {...rest}
      >
        {label}
      </ViewsChoice>
    </Suspense>
  );
}
