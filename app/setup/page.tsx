import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PreflightList } from "@/components/setup/preflight-list";
import { setupWords } from "@/components/setup/setup-words";
import { TokenHelp } from "@/components/setup/token-help";
import { Wizard } from "@/components/setup/wizard";
import { needsSetup } from "@/lib/bootstrap/installation";
import { preflight } from "@/lib/bootstrap/preflight";
import { whyTokenNeeded } from "@/lib/bootstrap/who-may-claim";
import { getRequestContext } from "@/lib/platform/request-context";
import { getActor } from "@/lib/sessions/auth";
import { settings } from "@/lib/settings/settings";
import { PASSWORD_ADVISED_LENGTH } from "@/lib/users/schema";
import { missPage } from "../miss-page";
import { whenAvailable } from "../when-available";
import { YourPreferences } from "../your-preferences";
import { claim } from "./actions";
import { AlreadySetUp } from "./already-set-up";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("setup");
  return { title: { absolute: t("title") } };
}

export default function SetupPage() {
  return whenAvailable(async () => {
    if (!(await needsSetup())) {
      if (await getActor()) redirect("/");
      missPage(<AlreadySetUp />);
    }
    const { passwordMinLength } = settings();
    const t = await getTranslations("setup");
    return (
      <Wizard
        claim={claim}
        minLength={passwordMinLength}
        words={await setupWords(whyTokenNeeded(), passwordMinLength, PASSWORD_ADVISED_LENGTH)}
        checks={<PreflightList checks={await preflight(getRequestContext()?.visited ?? null)} />}
        tokenHelp={<TokenHelp />}
        alreadySetUp={t.rich("alreadySetUp", {
          // Not a Link: the page behind it is another one now, whatever this one has kept.
          link: (text) => (
            <a href="/login" className="font-medium underline underline-offset-4">
              {text}
            </a>
          ),
        })}
        preferences={<YourPreferences />}
      />
    );
  });
}
