import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/empty-state";
import { Message } from "@/components/message";
import { PagesNav } from "@/components/pages-nav";
import { roleLabel } from "@/components/people/role-label";
import { RoleMatrix } from "@/components/roles/role-matrix";
import { RolesNav } from "@/components/roles/roles-nav";
import { TextLink } from "@/components/ui/text-link";
import { SUBJECT_NAMES } from "@/lib/access/conditions";
import { type AbilityName, EVERY_ABILITY } from "@/lib/access/every-ability";
import { type ComparedRole, compareRoles } from "@/lib/roles/compare-roles";
import { forbidPage } from "../../../forbid-page";
import { one } from "../../../one";
import { whenAvailable } from "../../../when-available";
import { requireActor } from "../../require-actor";

const HERE = "/roles/side_by_side";
/** More columns are not read side by side. */
const ROLES = 20;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rolesPage");
  return { title: t("sideBySide") };
}

/** One letter for each role: whether it allows something. */
function cellsOf(roles: readonly ComparedRole[], { action, subject }: AbilityName): string {
  const extents = roles.map(
    ({ allows }) =>
      allows.find((one) => one.action === action && one.subject === subject)?.extent ?? "none",
  );
  return extents.map((extent) => extent.charAt(0)).join("");
}

export default function SideBySidePage({ searchParams }: PageProps<"/roles/side_by_side">) {
  return whenAvailable(async () => {
    const actor = await requireActor("read", HERE, "Role");
    const cursor = one((await searchParams)["cursor"]);
    const [compared, t, names] = await Promise.all([
      compareRoles(actor, { cursor, limit: ROLES }),
      getTranslations("rolesPage"),
      getTranslations("roles"),
    ]);
    if (compared.kind === "forbidden") forbidPage();
    if (compared.kind === "invalid") {
      return (
        <EmptyState title={t("badAddress")}>
          <TextLink href={HERE}>{t("badAddressLink")}</TextLink>
        </EmptyState>
      );
    }
    const { roles, nextCursor } = compared;
    const about = SUBJECT_NAMES.filter((subject) => subject !== "all").map((subject) => ({
      name: t(`subjects.${subject}`),
      rows: EVERY_ABILITY.filter((ability) => ability.subject === subject).map((ability) => ({
        name: t(`action.${ability.action}`),
        cells: cellsOf(roles, ability),
      })),
    }));
    const signIn = {
      name: t("matrix.signIn"),
      rows: [
        {
          name: t("matrix.secondFactor"),
          cells: roles.map(({ secondFactor }) => (secondFactor ? "a" : "n")).join(""),
        },
      ],
    };
    const words = { a: t("matrix.all"), s: t("matrix.some"), n: t("matrix.none") };
    return (
      <>
        <h1 className="text-2xl font-semibold">{t("sideBySide")}</h1>
        <p className="mt-1 max-w-[70ch] text-soft text-pretty">{t("matrix.intro")}</p>
        <RolesNav current="sideBySide" />
        <RoleMatrix
          label={t("matrix.table")}
          corner={t("matrix.ability")}
          roles={roles.map(({ role }) => ({ slug: role.slug, name: roleLabel(names, role) }))}
          groups={[...about, signIn]}
          words={words}
        />
        <p className="mt-3 text-sm text-soft">{t("matrix.legend", { some: words.s })}</p>
        <PagesNav
          label={t("pages")}
          first={cursor && { href: HERE, text: t("first") }}
          next={
            nextCursor && {
              href: `${HERE}?${new URLSearchParams({ cursor: nextCursor })}`,
              text: t("next"),
            }
          }
        />
      </>
    );
  }, Message);
}
