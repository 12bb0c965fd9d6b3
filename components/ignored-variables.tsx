import { useFormatter, useTranslations } from "next-intl";
import { TriangleAlert } from "@/components/ui/icons/triangle-alert";

/** Stays until the variables are gone: they do nothing any more and still hold a secret. */
export function IgnoredVariables({ names }: { names: readonly string[] }) {
  const t = useTranslations("admin");
  const format = useFormatter();
  return (
    <div role="status" className="border-b border-warning bg-warning-tint">
      <p className="mx-auto flex max-w-6xl gap-3 px-4 py-3 wrap-anywhere sm:px-6">
        <TriangleAlert className="mt-0.5 size-5 shrink-0 text-warning" aria-hidden="true" />
        {t("ignoredVariables", { count: names.length, names: format.list(names) })}
      </p>
    </div>
  );
}
