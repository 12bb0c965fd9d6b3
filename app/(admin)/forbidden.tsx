import { useTranslations } from "next-intl";
import { use } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { getActor } from "@/lib/sessions/auth";
import { signOut } from "../actions";

export default function NoAccess() {
  const t = useTranslations("forbidden");
  const actor = use(getActor());
  return (
    <div className="max-w-lg py-10">
      <h1 className="text-2xl font-semibold">{t("title")}</h1>
      <p className="mt-3 text-lg text-soft wrap-anywhere">
        {t("text", { email: actor?.email ?? "" })}
      </p>
      <form action={signOut} className="mt-8">
        <button type="submit" className={buttonStyle({ look: "primary" })}>
          {t("signOut")}
        </button>
      </form>
    </div>
  );
}
