import { getTranslations } from "next-intl/server";
import { SignInReview } from "@/components/account/sign-in-review";
import { AddressNotice } from "@/components/address/address-notice";
import { AdminHeader } from "@/components/admin-header";
import { IgnoredVariables } from "@/components/ignored-variables";
import { FactorNotice } from "@/components/second-factor/factor-notice";
import { Toaster } from "@/components/ui/toaster";
import { UnlessOn } from "@/components/unless-on";
import { may } from "@/lib/access/policy";
import { ignoredVariables } from "@/lib/bootstrap/installation-notices";
import { databaseNow } from "@/lib/platform/database-now";
import { getActor } from "@/lib/sessions/auth";
import { signInNotices } from "@/lib/sessions/sign-in-notices";
import { chooseLocale, chooseTheme, signOut } from "../actions";
import { ClientMessages } from "../client-messages";
import { OwnPlate } from "../own-plate";
import { whenAvailable } from "../when-available";
import { YourPreferences } from "../your-preferences";
import { disownSignIn, recognizeSignIn } from "./account/actions";
import { commandKey } from "./command-key";
import { readPalette } from "./palette-actions";
import { sectionsFor } from "./sections";

/** The frame of the administration. It decides nothing: each page asks for itself who may see it. */
export default function AdminLayout({ children }: LayoutProps<"/">) {
  return whenAvailable(async () => {
    const actor = await getActor();
    if (actor === null) return children;
    const t = await getTranslations("userActions");
    const variables = may(actor, "read", "Installation") ? ignoredVariables() : [];
    return (
      <ClientMessages sections={[]}>
        <Toaster label={t("notifications")} dismissLabel={t("dismiss")}>
          <AdminHeader
            plate={<OwnPlate nameClass="max-w-48 truncate" />}
            person={{ id: actor.userId, name: actor.name ?? actor.email, email: actor.email }}
            sections={sectionsFor(actor)}
            signOut={signOut}
            preferences={<YourPreferences />}
            palette={
              actor.mustEnrol
                ? null
                : {
                    actions: { read: readPalette, chooseLocale, chooseTheme, signOut },
                    people: may(actor, "read", "User"),
                    shortcut: `${await commandKey()} K`,
                  }
            }
          />
          {actor.factorDuty?.missing && !actor.mustEnrol && (
            <FactorNotice due={actor.factorDuty.due} />
          )}
          {!actor.mustEnrol && (
            <SignInReview
              notices={await signInNotices(actor)}
              now={databaseNow()}
              recognize={recognizeSignIn}
              disown={disownSignIn}
            />
          )}
          {variables.length > 0 && (
            <UnlessOn paths={["/"]}>
              <IgnoredVariables names={variables} />
            </UnlessOn>
          )}
          {may(actor, "create", "User") && (
            <AddressNotice className="mx-auto max-w-6xl px-4 pt-6 sm:px-6" />
          )}
          <main id="content" className="mx-auto max-w-6xl px-4 py-10 sm:px-6">
            {children}
          </main>
        </Toaster>
      </ClientMessages>
    );
  });
}
