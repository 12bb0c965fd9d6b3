import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PreflightList } from "@/components/setup/preflight-list";
import { Wizard } from "@/components/setup/wizard";
import { needsSetup } from "@/lib/bootstrap/installation";
import { preflight } from "@/lib/bootstrap/preflight";
import { setupTokenNeeded } from "@/lib/bootstrap/setup-token";
import { env } from "@/lib/platform/env";
import { getActor } from "@/lib/sessions/auth";
import { PASSWORD_ADVISED_LENGTH } from "@/lib/users/schema";
import { ClientMessages } from "../client-messages";
import { whenAvailable } from "../when-available";
import { YourPreferences } from "../your-preferences";
import { claim } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("setup");
  return { title: { absolute: t("title") } };
}

/** The origin the browser is at. Its scheme cannot be seen from behind a proxy; the host tells a wrong address. */
async function visitedOrigin(): Promise<string> {
  return `${new URL(env().baseUrl).protocol}//${(await headers()).get("host")}`;
}

export default function SetupPage() {
  return whenAvailable(async () => {
    if (!(await needsSetup())) {
      if (await getActor()) redirect("/");
      notFound();
    }
    return (
      <ClientMessages
        sections={["frame", "setup", "rules", "password", "errors", "waiting", "failure"]}
      >
        <Wizard
          claim={claim}
          tokenNeeded={setupTokenNeeded()}
          minLength={env().passwordMinLength}
          advisedLength={PASSWORD_ADVISED_LENGTH}
          checks={<PreflightList checks={await preflight(await visitedOrigin())} />}
          preferences={<YourPreferences />}
        />
      </ClientMessages>
    );
  });
}
