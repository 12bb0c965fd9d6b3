import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

/** The setup token, and where its owner finds it. */
export function TokenFields({
  control,
  error,
  fromLink,
}: {
  control: UseFormRegisterReturn;
  error: string | undefined;
  fromLink: boolean;
}) {
  const t = useTranslations("setup");
  const code = (chunks: ReactNode) => <code className="font-mono text-sm text-ink">{chunks}</code>;
  return (
    <>
      <Field
        id="setupToken"
        label={t("tokenLabel")}
        error={error}
        hint={fromLink && t("tokenFromLink")}
      >
        {(field) => (
          <Input
            {...field}
            {...control}
            className="font-mono"
            autoComplete="off"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
          />
        )}
      </Field>
      <h3 className="mt-8 font-medium">{t("tokenWhere")}</h3>
      <ul className="mt-2 list-disc space-y-1 pl-5 text-soft">
        <li>{t("tokenInLog")}</li>
        <li>{t.rich("tokenInFile", { file: code })}</li>
        <li>{t.rich("tokenByCommand", { command: code })}</li>
      </ul>
    </>
  );
}
