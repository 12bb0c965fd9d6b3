import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { Message } from "@/components/message";
import { FactorPanel } from "@/components/second-factor/factor-panel";
import { TextLink } from "@/components/ui/text-link";
import { getSecondFactor } from "@/lib/factors/get-second-factor";
import { recentlyConfirmed } from "@/lib/factors/recently-confirmed";
import { getActor } from "@/lib/sessions/auth";
import { whenAvailable } from "../../../when-available";
import { addTotp, renewCodes, turnOff } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("secondFactor");
  return { title: t("title") };
}

/** One's own second factor: add an authenticator app, make new recovery codes, turn it off. */
export default function SecondFactorPage() {
  return whenAvailable(async () => {
    const actor = await getActor();
    if (actor === null) redirect("/login?next=%2Faccount%2Fsecond-factor");
    if (!(await recentlyConfirmed(actor))) {
      redirect("/account/confirm?next=%2Faccount%2Fsecond-factor");
    }
    const t = await getTranslations("secondFactor");
    const format = await getFormatter();
    const { totpSince, recoveryCodesLeft } = await getSecondFactor(actor);
    return (
      <>
        <p className="text-sm">
          <TextLink href="/account">{t("back")}</TextLink>
        </p>
        <h1 className="mt-4 text-2xl font-semibold">{t("title")}</h1>
        <p className="mt-2 max-w-lg text-soft">
          {totpSince === null
            ? t("why")
            : t("isOn", { date: format.dateTime(new Date(totpSince), { dateStyle: "long" }) })}
        </p>
        {totpSince !== null && (
          <p className="mt-1 text-soft">{t("codesLeft", { count: recoveryCodesLeft })}</p>
        )}
        <div className="mt-10">
          <FactorPanel on={totpSince !== null} add={addTotp} renew={renewCodes} turnOff={turnOff} />
        </div>
      </>
    );
  }, Message);
}
