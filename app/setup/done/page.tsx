import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SetupReceipt } from "@/components/setup/setup-receipt";
import { setupSteps } from "@/components/setup/setup-words";
import { getReceipt } from "@/lib/bootstrap/get-receipt";
import { ignoredVariables } from "@/lib/bootstrap/installation-notices";
import { whyTokenNeeded } from "@/lib/bootstrap/who-may-claim";
import { getSecondFactor } from "@/lib/factors/get-second-factor";
import { env } from "@/lib/platform/env";
import { getActor } from "@/lib/sessions/auth";
import {
  addPasskey,
  addTotp,
  removePasskey,
  startPasskey,
} from "../../(admin)/account/second-factor/actions";
import { ClientMessages } from "../../client-messages";
import { OwnPlate } from "../../own-plate";
import { whenAvailable } from "../../when-available";
import { YourPreferences } from "../../your-preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("done");
  return { title: t("title") };
}

export default function SetupDonePage() {
  return whenAvailable(async () => {
    const actor = await getActor();
    if (actor === null) redirect("/login?next=/setup/done");
    const receipt = await getReceipt(actor);
    if (receipt === null) redirect("/");
    const { totpSince, passkeys } = await getSecondFactor(actor);
    return (
      <ClientMessages sections={["protect", "secondFactor", "waiting"]}>
        <SetupReceipt
          receipt={receipt}
          email={actor.email}
          https={env().https}
          variables={ignoredVariables()}
          steps={setupSteps(whyTokenNeeded() !== null)}
          factor={{
            account: { email: actor.email, host: new URL(env().baseUrl).host },
            isOn: totpSince !== null || passkeys.length > 0,
            addTotp,
            passkeys: { start: startPasskey, add: addPasskey, remove: removePasskey },
          }}
          plate={<OwnPlate size="size-7" />}
          preferences={<YourPreferences />}
        />
      </ClientMessages>
    );
  });
}
