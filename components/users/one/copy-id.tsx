"use client";

import { useTranslations } from "next-intl";
import { Check } from "@/components/ui/icons/check";
import { Copy } from "@/components/ui/icons/copy";
import { useCopy } from "@/components/use-copy";

/** An id to be copied. */
export function CopyId({ id }: { id: string }) {
  const t = useTranslations("userForms");
  const { copied, copy } = useCopy();
  const Icon = copied ? Check : Copy;
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <span className="min-w-0 font-mono text-sm wrap-anywhere">{id}</span>
      <button
        type="button"
        aria-label={t("copyId")}
        title={t("copyId")}
        className="grid size-7 shrink-0 place-items-center rounded text-soft hover:bg-sunken hover:text-ink noscript:hidden"
        onClick={() => copy(id)}
      >
        <Icon className="size-4" aria-hidden="true" />
      </button>
      <span className="sr-only" role="status">
        {copied && t("copied")}
      </span>
    </span>
  );
}
