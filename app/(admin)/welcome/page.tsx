import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Welcome } from "@/components/links/welcome";
import { Message } from "@/components/message";
import { roleLabel } from "@/components/people/role-label";
import { getSecondFactor } from "@/lib/factors/get-second-factor";
import { env } from "@/lib/platform/env";
import { listRoleNames } from "@/lib/roles/list-role-names";
import { ADMIN_ROLE, USER_ROLE } from "@/lib/users/schema";
import { whenAvailable } from "../../when-available";
import { YourPreferences } from "../../your-preferences";
import { requirePerson } from "../require-actor";
import { sectionsFor } from "../sections";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("welcome");
  return { title: t("pageTitle") };
}

/** Where joining leads, that once: nothing else does. */
export default function WelcomePage() {
  return whenAvailable(async () => {
    const actor = await requirePerson("/welcome");
    const [{ totpSince, passkeys }, listed, names] = await Promise.all([
      getSecondFactor(actor),
      listRoleNames(actor),
      getTranslations("roles"),
    ]);
    const { baseUrl } = env();
    // Conditions name them also to who may not read roles.
    const ours = [ADMIN_ROLE, USER_ROLE].map((slug) => ({ slug, name: slug }));
    return (
      <Welcome
        name={actor.name ?? actor.email}
        host={new URL(baseUrl).host}
        email={actor.email}
        signIn={`${baseUrl}/login`}
        role={roleLabel(names, actor.role)}
        policies={actor.role.policies}
        named={[...ours, ...listed]}
        sections={sectionsFor(actor)}
        factor={{
          isOn: totpSince !== null || passkeys.length > 0,
          due: actor.factorDuty?.due ?? null,
        }}
        preferences={<YourPreferences inWords />}
      />
    );
  }, Message);
}
