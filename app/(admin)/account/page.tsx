import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountFrame } from "@/components/account/account-frame";
import { LeaveForm } from "@/components/account/leave-form";
import { OwnProfileForm } from "@/components/account/own-profile-form";
import { Message } from "@/components/message";
import { Section } from "@/components/section";
import { buttonStyle } from "@/components/ui/button-style";
import { Link } from "@/components/ui/link";
import { summaryWords } from "@/components/ui/summary-words";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import { RESTORE_DAYS } from "@/lib/users/archive-users";
import { getUser } from "@/lib/users/get-user";
import { ClientMessages } from "../../client-messages";
import { whenAvailable } from "../../when-available";
import { YourPreferences } from "../../your-preferences";
import { confirmAddress } from "../confirm-first";
import { requirePerson } from "../require-actor";
import { leave, saveProfile } from "./actions";

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
    const confirmed = recentlyConfirmed(actor);
    const query = await searchParams;
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
              saved={query["saved"] !== undefined}
              confirm={confirmed ? null : confirmAddress(`${HERE}#profile`)}
              save={saveProfile}
              headlines={await summaryWords(2)}
            />
          </Section>
          <Section id="preferences" title={t("preferences")} intro={t("preferencesIntro")}>
            <YourPreferences inWords />
          </Section>
          <Section id="data" title={t("data")} intro={t("dataIntro")}>
            {/* Not a Link: it is a file. */}
            <a href="/v1/auth/me/export" download className={buttonStyle()}>
              {t("dataDownload")}
            </a>
          </Section>
          <Section id="leave" title={t("leave")} intro={t("leaveIntro", { days: RESTORE_DAYS })}>
            {confirmed ? (
              <LeaveForm email={user.email} leave={leave} open={query["leave"] !== undefined} />
            ) : (
              <Link href={confirmAddress(`${HERE}?leave=1#leave`)} className={buttonStyle()}>
                {t("leaveOpen")}
              </Link>
            )}
          </Section>
        </AccountFrame>
      </ClientMessages>
    );
  }, Message);
}
