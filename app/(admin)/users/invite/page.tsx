import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/empty-state";
import { InvitationList } from "@/components/links/invitation-list";
import { InviteForm } from "@/components/links/invite-form";
import { Message } from "@/components/message";
import { PagesNav } from "@/components/pages-nav";
import { roleLabel } from "@/components/people/role-label";
import { summaryWords } from "@/components/ui/summary-words";
import { TextLink } from "@/components/ui/text-link";
import { listInvitations } from "@/lib/links/list-invitations";
import { listAssignableRoles } from "@/lib/roles/list-assignable-roles";
import { USER_ROLE } from "@/lib/users/schema";
import { ClientMessages } from "../../../client-messages";
import { one } from "../../../one";
import { whenAvailable } from "../../../when-available";
import { requireActor } from "../../require-actor";
import { invite, resend, revoke } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("links");
  return { title: t("title") };
}

/** Invites people, and shows who has not come yet. */
export default function InvitePage({ searchParams }: PageProps<"/users/invite">) {
  return whenAvailable(async () => {
    const actor = await requireActor("create", "/users/invite");
    const cursor = one((await searchParams)["cursor"]);
    const [t, names, roles, listed] = await Promise.all([
      getTranslations("links"),
      getTranslations("roles"),
      listAssignableRoles(actor),
      listInvitations(actor, { limit: 25, cursor }),
    ]);
    return (
      <ClientMessages sections={["linkReceipt", "links", "roles", "rules", "waiting"]}>
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        <p className="mt-2 mb-8 max-w-xl text-soft text-pretty">
          {t("intro")} <TextLink href="/users/join-links">{t("forMany")}</TextLink>
        </p>
        <div className="grid gap-x-16 gap-y-16 lg:grid-cols-[24rem_minmax(0,1fr)]">
          <div className="min-w-0">
            <InviteForm
              invite={invite}
              roles={roles.map((role) => ({ value: role.slug, label: roleLabel(names, role) }))}
              initialRole={USER_ROLE}
              headlines={await summaryWords(3)}
            />
          </div>
          <section aria-labelledby="pending" className="min-w-0">
            <h2 id="pending" className="mb-4 text-lg font-semibold">
              {t("pending")}
            </h2>
            {listed.kind === "invalid" ? (
              <EmptyState title={t("badAddress")}>
                <TextLink href="/users/invite">{t("badAddressLink")}</TextLink>
              </EmptyState>
            ) : listed.kind === "listed" && listed.invitations.length > 0 ? (
              <>
                <InvitationList invitations={listed.invitations} changes={{ resend, revoke }} />
                <PagesNav
                  label={t("pages")}
                  first={cursor && { href: "/users/invite", text: t("first") }}
                  next={
                    listed.nextCursor && {
                      href: `/users/invite?cursor=${listed.nextCursor}`,
                      text: t("next"),
                    }
                  }
                />
              </>
            ) : (
              <EmptyState title={t("nobodyTitle")} text={t("nobodyText")} />
            )}
          </section>
        </div>
      </ClientMessages>
    );
  }, Message);
}
