import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/empty-state";
import { Message } from "@/components/message";
import { PagesNav } from "@/components/pages-nav";
import { roleLabel } from "@/components/people/role-label";
import { RoleList } from "@/components/roles/role-list";
import { RolesNav } from "@/components/roles/roles-nav";
import { buttonStyle } from "@/components/ui/button-style";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { may } from "@/lib/access/policy";
import { browseRoles } from "@/lib/roles/browse-roles";
import { listRoleNames } from "@/lib/roles/list-role-names";
import { forbidPage } from "../../forbid-page";
import { one } from "../../one";
import { whenAvailable } from "../../when-available";
import { requireActor } from "../require-actor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rolesPage");
  return { title: t("title") };
}

export default function RolesPage({ searchParams }: PageProps<"/roles">) {
  return whenAvailable(async () => {
    const actor = await requireActor("read", "/roles", "Role");
    const asked = await searchParams;
    const cursor = one(asked["cursor"]);
    const [listed, named, t, names] = await Promise.all([
      browseRoles(actor, { cursor }),
      listRoleNames(actor),
      getTranslations("rolesPage"),
      getTranslations("roles"),
    ]);
    if (listed.kind === "forbidden") forbidPage();
    if (listed.kind === "invalid") {
      return (
        <EmptyState title={t("badAddress")}>
          <TextLink href="/roles">{t("badAddressLink")}</TextLink>
        </EmptyState>
      );
    }
    const { roles, nextCursor } = listed;
    const mayCreate = may(actor, "create", "Role");
    const nameOf = (slug: string | undefined) => {
      const role = named.find((one) => one.slug === slug);
      return role && roleLabel(names, role);
    };
    const created = nameOf(one(asked["created"]));
    const saved = nameOf(one(asked["saved"]));
    const news = created
      ? t("wasCreated", { name: created })
      : saved
        ? t("wasSaved", { name: saved })
        : asked["deleted"] && t("wasDeleted");
    return (
      <>
        <div className="flex flex-wrap items-end justify-between gap-4">
          <div>
            <h1 className="text-2xl font-semibold">{t("title")}</h1>
            <p className="mt-1 max-w-[70ch] text-soft text-pretty">{t("intro")}</p>
          </div>
          {mayCreate && (
            <Link href="/roles/new" className={buttonStyle({ look: "primary" })}>
              {t("create")}
            </Link>
          )}
        </div>
        <RolesNav current="title" />
        {news && (
          <div className="mt-6">
            <Notice tone="ok" role="status">
              {news}
            </Notice>
          </div>
        )}
        <RoleList roles={roles} named={named} />
        {named.length === 2 && mayCreate && (
          <EmptyState title={t("noCustomTitle")} text={t("noCustomText")} />
        )}
        <PagesNav
          label={t("pages")}
          first={cursor && { href: "/roles", text: t("first") }}
          next={
            nextCursor && {
              href: `/roles?${new URLSearchParams({ cursor: nextCursor })}`,
              text: t("next"),
            }
          }
        />
      </>
    );
  }, Message);
}
