"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  MenuChecks,
  MenuChoice,
  MenuItem,
  MenuSeparator,
} from "@/components/ui/dropdown-menu";
import { Keyboard } from "@/components/ui/icons/keyboard";
import { SlidersHorizontal } from "@/components/ui/icons/sliders-horizontal";
import { COLUMNS, type ListPreference } from "./list-preference";

/** How the list looks: its columns, how close they stand; and the way to the keys. */
export function DisplayMenu({
  preference,
  onChange,
}: {
  preference: ListPreference;
  onChange: (changes: Partial<ListPreference>) => void;
}) {
  const t = useTranslations("usersList");
  return (
    <DropdownMenu
      trigger={
        <Button size="sm">
          <SlidersHorizontal className="size-4" aria-hidden="true" />
          {t("display")}
        </Button>
      }
    >
      <MenuChecks
        label={t("columns")}
        values={preference.columns}
        options={COLUMNS.map((value) => ({ value, label: t(`column.${value}`) }))}
        onChange={(chosen) =>
          onChange({ columns: COLUMNS.filter((column) => chosen.includes(column)) })
        }
      />
      <MenuSeparator />
      <MenuChoice
        keepOpen
        label={t("density")}
        value={preference.density}
        options={(["comfortable", "compact"] as const).map((value) => ({
          value,
          label: t(value),
        }))}
        onChange={(density) => onChange({ density: density as ListPreference["density"] })}
      />
      <MenuSeparator />
      <MenuItem data-palette="keys">
        <Keyboard className="size-4" aria-hidden="true" />
        {t("keyboard")}
      </MenuItem>
    </DropdownMenu>
  );
}
