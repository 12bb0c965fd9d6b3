import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Message } from "@/components/message";
import { roleLabel } from "@/components/people/role-label";
import { RoleForm } from "@/components/roles/role-form";
import { ROLE_PRESETS, type RolePreset } from "@/components/roles/role-presets";
import { buttonStyle } from "@/components/ui/button-style";
import { Link } from "@/components/ui/link";
import { summaryWords } from "@/components/ui/summary-words";
import type { Actor } from "@/lib/access/actor";
import { getRole } from "@/lib/roles/get-role";
import { listRoleNames } from "@/lib/roles/list-role-names";
import type { RoleView } from "@/lib/roles/role-view";
import { ClientMessages } from "../../../client-messages";
import { one } from "../../../one";
import { whenAvailable } from "../../../when-available";
import { requireActor } from "../../require-actor";
import { saveRole } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rolesPage");
  return { title: t("newTitle") };
}

type Start = Pick<RoleView, "name" | "policies" | "secondFactor">;

/** What a role begins with: a preset, or what another role is. */
async function startOf(actor: Actor, from: string | undefined): Promise<Start | undefined> {
  const t = await getTranslations("rolesPage");
  if (from === undefined) return undefined;
  if (isPreset(from)) {
    return { name: t(`preset.${from}`), policies: [...ROLE_PRESETS[from]], secondFactor: null };
  }
  const found = await getRole(actor, from);
  if (found.kind !== "found") return undefined;
  const { policies, secondFactor } = found.role;
  const name = roleLabel(await getTranslations("roles"), found.role);
  return { name: t("copyOf", { name }), policies, secondFactor };
}

const isPreset = (from: string): from is RolePreset => Object.hasOwn(ROLE_PRESETS, from);

export default function NewRolePage({ searchParams }: PageProps<"/roles/new">) {
  return whenAvailable(async () => {
    const actor = await requireActor("create", "/roles/new", "Role");
    const t = await getTranslations("rolesPage");
    const from = one((await searchParams)["from"]);
    const start = await startOf(actor, from);
    const presets = Object.keys(ROLE_PRESETS) as RolePreset[];
    return (
      <ClientMessages sections={["roles", "rolesPage", "waiting"]}>
        <h1 className="text-2xl font-semibold">{t("newTitle")}</h1>
        <p className="mt-2 mb-8 max-w-[70ch] text-soft text-pretty">{t("newIntro")}</p>
        <nav aria-label={t("startFrom")} className="mb-8 flex flex-wrap items-center gap-2">
          <span className="me-2 text-sm text-soft">{t("startFrom")}</span>
          {presets.map((preset) => (
            <Link
              key={preset}
              href={`/roles/new?from=${preset}`}
              aria-current={preset === from ? "page" : undefined}
              className={buttonStyle({ size: "sm", look: preset === from ? "secondary" : "quiet" })}
            >
              {t(`preset.${preset}`)}
            </Link>
          ))}
        </nav>
        <RoleForm
          key={from}
          save={saveRole}
          edited={null}
          {...(start && { start })}
          roles={await listRoleNames(actor)}
          headlines={await summaryWords(8)}
        />
      </ClientMessages>
    );
  }, Message);
}
