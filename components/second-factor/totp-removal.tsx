"use client";

import { useTranslations } from "next-intl";
import { buttonStyle } from "../ui/button-style";
import { Link } from "../ui/link";
import { SubmitButton } from "../ui/submit-button";

/** Takes the authenticator app off the account. `last`: nothing but the password is left; `required`: not enough. */
export function TotpRemoval({
  remove,
  last,
  required,
}: {
  remove: (form: FormData) => Promise<void>;
  last: boolean;
  required: boolean;
}) {
  const t = useTranslations("secondFactor");
  return (
    <form action={remove}>
      <div className="flex flex-wrap gap-3">
        <Link href="/account/second-factor/replace" className={buttonStyle()}>
          {t("replace")}
        </Link>
        <SubmitButton look="secondary" working={t("turningOff")}>
          {t("turnOff")}
        </SubmitButton>
      </div>
      {last && (
        <p className="mt-2 max-w-lg text-sm text-soft">
          {t(required ? "turnOffWarningRequired" : "turnOffWarning")}
        </p>
      )}
    </form>
  );
}
