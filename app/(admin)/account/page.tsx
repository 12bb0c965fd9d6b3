import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountFrame } from "@/components/account/account-frame";
import { OwnProfileForm } from "@/components/account/own-profile-form";
import { Message } from "@/components/message";
import { Section } from "@/components/section";
import { summaryWords } from "@/components/ui/summary-words";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import { getUser } from "@/lib/users/get-user";
import { ClientMessages } from "../../client-messages";
import { whenAvailable } from "../../when-available";
import { YourPreferences } from "../../your-preferences";
import { confirmAddress } from "../confirm-first";
import { requirePerson } from "../require-actor";
import { saveProfile } from "./actions";

const HERE = "/account";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accountPage");
  return { title: t("title") };
}

/** One's own account, which begins with who one is. Its sections are open to everybody who is signed in. */
export default function AccountPage({ searchParams }: PageProps<"/account">) {
  return whenAvailable(async () => {
    const actor = await requirePerson(HERE);
    const t = await getTranslations("accountPage");
    const saved = (await searchParams)["saved"] !== undefined;
    const me = await getUser(actor, actor.userId);
    if (me.kind !== "found") redirect("/login?next=%2Faccount");
    const { user, etag } = me;
    return (
      <ClientMessages sections={["accountPage", "rules", "waiting"]}>
        <AccountFrame email={user.email} current="profile">
          <Section id="profile" title={t("profile")}>
            <OwnProfileForm
              // A form keeps what it began with; a new version begins anew.
              key={etag}
              profile={{ name: user.name ?? "", email: user.email, version: etag }}
              saved={saved}
              confirm={recentlyConfirmed(actor) ? null : confirmAddress(`${HERE}#profile`)}
              save={saveProfile}
              headlines={await summaryWords(2)}
            />
          </Section>
          <Section id="preferences" title={t("preferences")} intro={t("preferencesIntro")}>
            <YourPreferences inWords />
          </Section>
        </AccountFrame>
      </ClientMessages>
    );
  }, Message);
}
