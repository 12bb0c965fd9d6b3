import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Message } from "@/components/message";
import { passwordWords } from "@/components/password/password-words";
import { CreateUserForm } from "@/components/people/create-user-form";
import { roleLabel } from "@/components/people/role-label";
import { summaryWords } from "@/components/ui/summary-words";
import { listAssignableRoles } from "@/lib/roles/list-assignable-roles";
import { settings } from "@/lib/settings/settings";
import { PASSWORD_ADVISED_LENGTH, USER_ROLE } from "@/lib/users/schema";
import { ClientMessages } from "../../../client-messages";
import { whenAvailable } from "../../../when-available";
import { requireActor } from "../../require-actor";
import { createUser } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("createUser");
  return { title: t("title") };
}

export default function NewUserPage() {
  return whenAvailable(async () => {
    const actor = await requireActor("create", "/users/new");
    const t = await getTranslations("createUser");
    const names = await getTranslations("roles");
    const { passwordMinLength } = settings();
    const roles = await listAssignableRoles(actor);
    return (
      <ClientMessages sections={["createUser", "rules", "userActions", "waiting"]}>
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        <p className="mt-2 mb-8 max-w-md text-soft">{t("intro")}</p>
        <CreateUserForm
          createUser={createUser}
          roles={roles.map((role) => ({ value: role.slug, label: roleLabel(names, role) }))}
          initialRole={USER_ROLE}
          minLength={passwordMinLength}
          passwordWords={await passwordWords(passwordMinLength, PASSWORD_ADVISED_LENGTH)}
          headlines={await summaryWords(4)}
        />
      </ClientMessages>
    );
  }, Message);
}
