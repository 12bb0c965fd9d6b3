import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AddressNotice } from "@/components/address/address-notice";
import { DoorFrame } from "@/components/door-frame";
import { KeyDrawing } from "@/components/key-drawing";
import { ForgottenForm } from "@/components/links/forgotten-form";
import { TextLink } from "@/components/ui/text-link";
import { needsSetup } from "@/lib/bootstrap/installation";
import { canBeMailed } from "@/lib/links/forgotten-password";
import { env } from "@/lib/platform/env";
import { OwnPlate } from "../own-plate";
import { whenAvailable } from "../when-available";
import { YourPreferences } from "../your-preferences";
import { askForLink } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("forgotten");
  return { title: t("title") };
}

/** For who has forgotten their password: a link by mail, or whom to ask for one. */
export default function ForgottenPage() {
  return whenAvailable(async () => {
    if (await needsSetup()) redirect("/setup");
    const t = await getTranslations("forgotten");
    const { host } = new URL(env().baseUrl);
    return (
      <DoorFrame
        plate={<OwnPlate size="size-7" />}
        aside={<KeyDrawing rows={4} done={3} />}
        preferences={<YourPreferences />}
      >
        <AddressNotice className="mb-10" />
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        {canBeMailed() ? (
          <>
            <p className="mt-2 max-w-md text-lg text-soft wrap-anywhere">{t("intro", { host })}</p>
            <ForgottenForm
              ask={askForLink}
              words={{ email: t("email"), submit: t("submit"), submitting: t("submitting") }}
            />
          </>
        ) : (
          <p className="mt-2 max-w-md text-lg text-soft wrap-anywhere">
            {t("askSomebody", { host })}
          </p>
        )}
        <p className="mt-8">
          <TextLink href="/login">{t("back")}</TextLink>
        </p>
      </DoorFrame>
    );
  });
}
