import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { BackLink } from "@/components/back-link";
import { Message } from "@/components/message";
import { TotpReplacement } from "@/components/second-factor/totp-replacement";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import { getSecondFactor } from "@/lib/factors/get-second-factor";
import { databaseNow } from "@/lib/platform/database-now";
import { env } from "@/lib/platform/env";
import { ClientMessages } from "../../../../client-messages";
import { ENROL } from "../../../../enrol";
import { whenAvailable } from "../../../../when-available";
import { confirmAddress } from "../../../confirm-first";
import { requirePerson } from "../../../require-actor";
import { replaceTotp } from "./actions";

const HERE = `${ENROL}/replace`;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("secondFactor");
  return { title: t("replaceTitle") };
}

/** Another authenticator app in the place of one's own, in one go. */
export default function ReplacePage() {
  return whenAvailable(async () => {
    const actor = await requirePerson(HERE);
    const t = await getTranslations("secondFactor");
    const { totpSince } = await getSecondFactor(actor);
    if (totpSince === null) redirect(ENROL);
    if (!recentlyConfirmed(actor)) redirect(confirmAddress(HERE));
    return (
      <ClientMessages sections={["secondFactor", "waiting"]}>
        <BackLink href={ENROL}>{t("title")}</BackLink>
        <h1 className="text-2xl font-semibold">{t("replaceTitle")}</h1>
        <p className="mt-4 mb-10 max-w-lg text-soft">{t("replaceText")}</p>
        <TotpReplacement
          replace={replaceTotp}
          sheet={{
            email: actor.email,
            host: new URL(env().baseUrl).host,
            at: databaseNow(),
          }}
        />
      </ClientMessages>
    );
  }, Message);
}
