import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** Where the owner of the server finds the setup token. */
export function TokenHelp() {
  const t = useTranslations("setup");
  const code = (chunks: ReactNode) => <code className="font-mono text-sm text-ink">{chunks}</code>;
  return (
    <>
      <h3 className="mt-8 font-medium">{t("tokenWhere")}</h3>
      <ul className="mt-2 list-disc space-y-1 ps-5 text-soft">
        <li>{t("tokenInLog")}</li>
        <li>{t.rich("tokenInFile", { file: code })}</li>
        <li>{t.rich("tokenByCommand", { command: code })}</li>
      </ul>
    </>
  );
}
