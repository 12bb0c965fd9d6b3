import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Message } from "@/components/message";
import { RoleForm } from "@/components/roles/role-form";
import { summaryWords } from "@/components/ui/summary-words";
import { listRoleNames } from "@/lib/roles/list-role-names";
import { ClientMessages } from "../../../client-messages";
import { whenAvailable } from "../../../when-available";
import { requireActor } from "../../require-actor";
import { saveRole } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rolesPage");
  return { title: t("newTitle") };
}

export default function NewRolePage() {
  return whenAvailable(async () => {
    const actor = await requireActor("create", "/roles/new", "Role");
    const t = await getTranslations("rolesPage");
    return (
      <ClientMessages sections={["roles", "rolesPage", "waiting"]}>
        <h1 className="text-2xl font-semibold">{t("newTitle")}</h1>
        <p className="mt-2 mb-8 max-w-[70ch] text-soft text-pretty">{t("newIntro")}</p>
        <RoleForm
          save={saveRole}
          edited={null}
          roles={await listRoleNames(actor)}
          headlines={await summaryWords(8)}
        />
      </ClientMessages>
    );
  }, Message);
}
