import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { BackLink } from "@/components/back-link";
import { Message } from "@/components/message";
import { FactorPanel } from "@/components/second-factor/factor-panel";
import { buttonStyle } from "@/components/ui/button-style";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import { getSecondFactor } from "@/lib/factors/get-second-factor";
import { databaseNow } from "@/lib/platform/database-now";
import { env } from "@/lib/platform/env";
import { getActor } from "@/lib/sessions/auth";
import { ClientMessages } from "../../../client-messages";
import { ENROL } from "../../../enrol";
import { safeNext } from "../../../login/safe-next";
import { one } from "../../../one";
import { whenAvailable } from "../../../when-available";
import {
  addPasskey,
  addTotp,
  removePasskey,
  renewCodes,
  startPasskey,
  turnOffTotp,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("secondFactor");
  return { title: t("title") };
}

/** One's own second factor: authenticator app, passkeys, recovery codes. */
export default function SecondFactorPage({ searchParams }: PageProps<"/account/second-factor">) {
  return whenAvailable(async () => {
    const recovered = one((await searchParams)["recovered"]);
    const actor = await getActor();
    if (actor === null) redirect("/login?next=%2Faccount%2Fsecond-factor");
    if (!recentlyConfirmed(actor)) {
      redirect("/account/confirm?next=%2Faccount%2Fsecond-factor");
    }
    const t = await getTranslations("secondFactor");
    const format = await getFormatter();
    const { factorDuty, mustEnrol } = actor;
    const factor = await getSecondFactor(actor);
    return (
      <ClientMessages sections={["secondFactor", "waiting"]}>
        {!mustEnrol && <BackLink href="/account/security">{t("back")}</BackLink>}
        <h1 className="text-2xl font-semibold">{t(mustEnrol ? "mustTitle" : "title")}</h1>
        {mustEnrol && factorDuty && (
          <div className="mt-4 max-w-lg">
            <Notice tone="warning">
              {t("mustText", { date: format.dateTime(factorDuty.due, { dateStyle: "long" }) })}
            </Notice>
          </div>
        )}
        {recovered !== undefined && (
          <div className="mt-4 max-w-lg space-y-3">
            <Notice tone="warning" role="status">
              {t("recovered", { count: factor.recoveryCodesLeft })}
            </Notice>
            {factor.totpSince !== null && (
              <p>
                <Link href={`${ENROL}/replace`} className={buttonStyle({ look: "primary" })}>
                  {t("recoveredReplace")}
                </Link>
              </p>
            )}
            <p>
              <TextLink href={safeNext(recovered)}>{t("recoveredNext")}</TextLink>
            </p>
          </div>
        )}
        <p className="mt-4 mb-10 max-w-lg text-soft">{t("why")}</p>
        <FactorPanel
          factor={factor}
          required={factorDuty !== null}
          addTotp={addTotp}
          removeTotp={turnOffTotp}
          renew={renewCodes}
          passkeys={{ start: startPasskey, add: addPasskey, remove: removePasskey }}
          account={{ email: actor.email, host: new URL(env().baseUrl).host }}
          now={databaseNow()}
        />
      </ClientMessages>
    );
  }, Message);
}
