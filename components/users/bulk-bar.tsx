"use client";

import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import type { Selection } from "./selection";

/** What can be done with the selected users. Slides in with the first one that is selected. */
export function BulkBar({ selection, onClear }: { selection: Selection; onClear: () => void }) {
  const t = useTranslations("bulk");
  const count = selection.kind === "users" ? selection.ids.length : selection.total.value;
  return (
    <section aria-label={t("title")}>
      {count} <Button onClick={onClear}>{t("title")}</Button>
    </section>
  );
}
