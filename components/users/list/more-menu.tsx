"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuLink } from "@/components/ui/dropdown-menu";
import { ChevronDown } from "@/components/ui/icons/chevron-down";
import { Link } from "@/components/ui/link";

/** The rarer ways to and from the list. */
export function MoreMenu({
  mayCreate,
  mayDelete,
  exportHref,
}: {
  mayCreate: boolean;
  mayDelete: boolean;
  exportHref: string;
}) {
  const t = useTranslations("usersList");
  return (
    <DropdownMenu
      trigger={
        <Button>
          {t("more")}
          <ChevronDown className="size-4 text-soft" aria-hidden="true" />
        </Button>
      }
    >
      {mayCreate && (
        <MenuLink>
          <Link href="/users/new">{t("createWithPassword")}</Link>
        </MenuLink>
      )}
      {mayCreate && (
        <MenuLink>
          <Link href="/users/import">{t("importCsv")}</Link>
        </MenuLink>
      )}
      <MenuLink>
        <a href={exportHref} download>
          {t("exportCsv")}
        </a>
      </MenuLink>
      {mayDelete && (
        <MenuLink>
          <Link href="/users/deleted">{t("deletedUsers")}</Link>
        </MenuLink>
      )}
    </DropdownMenu>
  );
}
