import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BackLink } from "@/components/back-link";
import { Message } from "@/components/message";
import { roleLabel } from "@/components/people/role-label";
import { DeleteRole } from "@/components/roles/delete-role";
import { holdersText } from "@/components/roles/holders-text";
import { RequirementForm } from "@/components/roles/requirement-form";
import { RoleForm } from "@/components/roles/role-form";
import { RoleShown } from "@/components/roles/role-shown";
import { WithoutFactorList } from "@/components/roles/without-factor-list";
import { Section } from "@/components/section";
import { Badge } from "@/components/ui/badge";
import { buttonStyle } from "@/components/ui/button-style";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { summaryWords } from "@/components/ui/summary-words";
import { TextLink } from "@/components/ui/text-link";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { Policies } from "@/lib/access/schema";
import { orLater } from "@/lib/platform/or-later";
import { type GetRoleOutcome, getRole } from "@/lib/roles/get-role";
import { holdersWithoutFactor } from "@/lib/roles/holders-without-factor";
import { listRoleNames } from "@/lib/roles/list-role-names";
import type { RoleView } from "@/lib/roles/role-view";
import { ClientMessages } from "../../../client-messages";
import { forbidPage } from "../../../forbid-page";
import { missPage } from "../../../miss-page";
import { whenAvailable } from "../../../when-available";
import { findOnce } from "../../find-once";
import { requireActor } from "../../require-actor";
import { deleteRole, saveRequirement, saveRole } from "../actions";

const find = findOnce(getRole);

export async function generateMetadata({ params }: PageProps<"/roles/[slug]">): Promise<Metadata> {
  const { slug } = await params;
  const found = await orLater(() => find(slug));
  if (found.kind === "found")
    return { title: roleLabel(await getTranslations("roles"), found.role) };
  return { title: (await getTranslations("notFound"))("title") };
}

type Found = Extract<GetRoleOutcome, { kind: "found" }>;

/** Why this actor cannot change this role; null when they can. */
function whyNot(actor: Actor, { role, governed }: Found) {
  if (!may(actor, "update", "Role")) return "mayNot";
  if (!governed) return "beyondOwn";
  return role.predefined ? "predefined" : null;
}

export default function RolePage({ params }: PageProps<"/roles/[slug]">) {
  return whenAvailable(async () => {
    const { slug } = await params;
    const actor = await requireActor("read", `/roles/${slug}`, "Role");
    const found = await find(slug);
    if (found.kind === "forbidden") forbidPage();
    if (found.kind === "notFound") missPage();
    const { role, etag } = found;
    const reason = whyNot(actor, found);
    // Whose account a password alone opens is for those who can do something about it.
    const mayRequire = reason === null || reason === "predefined";
    const [t, names, roles, without] = await Promise.all([
      getTranslations("rolesPage"),
      getTranslations("roles"),
      listRoleNames(actor),
      mayRequire ? holdersWithoutFactor(actor, role.id) : null,
    ]);
    const name = roleLabel(names, role);
    const withoutFactor = without && <WithoutFactorList without={without} />;
    const mayDelete = !role.predefined && may(actor, "delete", "Role") && found.governed;
    return (
      <ClientMessages sections={["roles", "rolesPage", "waiting"]}>
        <BackLink href="/roles">{t("title")}</BackLink>
        <div className="mb-8">
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="text-2xl font-semibold wrap-anywhere">{name}</h1>
            {role.predefined && <Badge>{t("predefined")}</Badge>}
            {found.governed && may(actor, "create", "Role") && (
              <Link
                href={`/roles/new?from=${role.slug}`}
                className={`${buttonStyle({ size: "sm" })} ms-auto`}
              >
                {t("duplicate")}
              </Link>
            )}
          </div>
        </div>
        <div className="grid gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,1fr)_18rem]">
          <div className="min-w-0">
            {reason !== null ? (
              <RoleShown role={role} reason={reason} named={roles}>
                {mayRequire ? (
                  <RequirementForm
                    key={etag}
                    save={saveRequirement}
                    slug={role.slug}
                    etag={etag}
                    requirement={role.secondFactor}
                  >
                    {withoutFactor}
                  </RequirementForm>
                ) : (
                  <section aria-labelledby="second-factor">
                    <h2 id="second-factor" className="text-xl font-semibold">
                      {t("factor.title")}
                    </h2>
                    <p className="mt-3">
                      {role.secondFactor
                        ? t("factor.isRequired", { days: role.secondFactor.graceDays })
                        : t("factor.isNotRequired")}
                    </p>
                  </section>
                )}
              </RoleShown>
            ) : (
              <RoleForm
                key={etag}
                save={saveRole}
                edited={{
                  slug: role.slug,
                  name: role.name,
                  etag,
                  policies: role.policies,
                  readable: Policies.safeParse(role.policies).success,
                  secondFactor: role.secondFactor,
                }}
                roles={roles}
                withoutFactor={withoutFactor}
                headlines={await summaryWords(8)}
              >
                {actor.role.slug === role.slug && (
                  <div className="mb-4">
                    <Notice tone="warning">{t("ownRole")}</Notice>
                  </div>
                )}
                {role.holders && (
                  <p className="text-soft">
                    {t(role.holders.exact ? "savedEffect" : "savedEffectMore", {
                      count: role.holders.value,
                    })}
                  </p>
                )}
              </RoleForm>
            )}
          </div>
          <div className="beside">
            {role.holders && (
              <Section id="holders" title={t("whoHasIt")} aside>
                <p className="tabular-nums">
                  {role.holders.value === 0 ? (
                    holdersText(t, role.holders)
                  ) : (
                    <TextLink href={`/users?role=${role.slug}`}>
                      {holdersText(t, role.holders)}
                    </TextLink>
                  )}
                </p>
              </Section>
            )}
            {mayDelete && (
              <Section id="delete" title={t("delete")} aside>
                <DeleteSection role={role} name={name} />
              </Section>
            )}
          </div>
        </div>
      </ClientMessages>
    );
  }, Message);
}

async function DeleteSection({ role, name }: { role: RoleView; name: string }) {
  const t = await getTranslations("rolesPage");
  const holders = role.holders?.value;
  if (holders !== undefined && holders > 0) {
    return (
      <p className="text-sm text-soft">
        {t("deleteInUse", { count: holders })}{" "}
        <TextLink href={`/users?role=${role.slug}`}>{t("deleteInUseLink")}</TextLink>
      </p>
    );
  }
  return (
    <>
      <p className="mb-4 text-sm text-soft">{t(holders === 0 ? "deleteIntro" : "deleteUnknown")}</p>
      <DeleteRole name={name} slug={role.slug} deleteRole={deleteRole} />
    </>
  );
}
