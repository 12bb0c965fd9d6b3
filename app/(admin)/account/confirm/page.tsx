import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Message } from "@/components/message";
import { passwordToggleWords } from "@/components/password/password-words";
import { ConfirmForm } from "@/components/second-factor/confirm-form";
import { CONFIRMED_MINUTES, recentlyConfirmed } from "@/lib/access/recently-confirmed";
import { getActor } from "@/lib/sessions/auth";
import { ClientMessages } from "../../../client-messages";
import { safeNext } from "../../../login/safe-next";
import { whenAvailable } from "../../../when-available";
import { confirm } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("secondFactor");
  return { title: t("confirmTitle") };
}

/** Asks for the password once more, then leads on. */
export default function ConfirmPage({ searchParams }: PageProps<"/account/confirm">) {
  return whenAvailable(async () => {
    const actor = await getActor();
    if (actor === null) redirect("/login?next=%2Faccount");
    const t = await getTranslations("secondFactor");
    const query = await searchParams;
    if (query["done"] !== undefined && recentlyConfirmed(actor)) {
      return (
        <>
          <h1 className="text-2xl font-semibold">{t("confirmedTitle")}</h1>
          <p className="mt-2 max-w-lg text-soft">{t("confirmedText")}</p>
        </>
      );
    }
    return (
      <ClientMessages sections={["secondFactor", "waiting"]}>
        <h1 className="text-2xl font-semibold">{t("confirmTitle")}</h1>
        <p className="mt-2 max-w-lg text-soft">
          {t("confirmText", { minutes: CONFIRMED_MINUTES })}
        </p>
        <ConfirmForm
          confirm={confirm}
          next={safeNext(query["next"])}
          email={actor.email}
          toggle={await passwordToggleWords()}
        />
      </ClientMessages>
    );
  }, Message);
}
