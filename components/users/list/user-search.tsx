"use client";

import { useTranslations } from "next-intl";
import { type Ref, useRef } from "react";
import { Search } from "@/components/ui/icons/search";
import { Spinner } from "@/components/ui/spinner";
import type { Go } from "./use-list-query";

/** The search field of the list: it looks as one types, and without JavaScript it is part of the form around it. */
export function UserSearch({
  search,
  searching,
  go,
  ref,
}: {
  search: string;
  searching: boolean;
  go: Go;
  ref: Ref<HTMLInputElement>;
}) {
  const t = useTranslations("users");
  // One search is one step back, however many letters it had, and however many of them before the address first changed.
  const step = useRef({ taken: false });
  return (
    <div className="relative">
      <span className="pointer-events-none absolute inset-y-0 start-3 grid place-items-center text-soft">
        {searching ? <Spinner /> : <Search className="size-4" aria-hidden="true" />}
      </span>
      <input
        ref={ref}
        type="search"
        name="search"
        aria-label={t("search")}
        placeholder={t("search")}
        value={search}
        maxLength={200}
        className="block h-9 w-full min-w-0 rounded border border-edge bg-surface pe-3 ps-9 text-sm text-ellipsis transition-colors duration-150 placeholder:text-soft hover:border-ink"
        autoComplete="off"
        onBlur={() => {
          step.current = { taken: false };
        }}
        onChange={(event) => {
          const mine = step.current;
          void go({ search: event.target.value }, { typing: true, replace: mine.taken }).then(
            () => {
              mine.taken = true;
            },
          );
        }}
      />
    </div>
  );
}
