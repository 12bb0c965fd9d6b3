import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BackLink } from "@/components/back-link";
import { EmptyState } from "@/components/empty-state";
import { JoinLinkForm } from "@/components/links/join-link-form";
import { JoinLinkList, JoinRequestList } from "@/components/links/join-link-list";
import { Message } from "@/components/message";
import { PagesNav } from "@/components/pages-nav";
import { roleLabel } from "@/components/people/role-label";
import { Notice } from "@/components/ui/notice";
import { summaryWords } from "@/components/ui/summary-words";
import { TextLink } from "@/components/ui/text-link";
import { JOIN_LINK_DAYS } from "@/lib/links/limits";
import { listJoinLinks } from "@/lib/links/list-join-links";
import { listJoinRequests } from "@/lib/links/list-join-requests";
import { listAssignableRoles } from "@/lib/roles/list-assignable-roles";
import { ADMIN_ROLE, USER_ROLE } from "@/lib/users/schema";
import { ClientMessages } from "../../../client-messages";
import { one } from "../../../one";
import { whenAvailable } from "../../../when-available";
import { requireActor } from "../../require-actor";
import { approve, create, refuse, revoke } from "./actions";

const HERE = "/users/join-links";
const SAID = ["revoked", "approved", "refused", "forbidden", "notFound", "emailTaken"] as const;
/** Of these something was done. */
const DONE = ["revoked", "approved", "refused"];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("joinLinks");
  return { title: t("title") };
}

/** Makes links for several people, and shows who came by them and waits. */
export default function JoinLinksPage({ searchParams }: PageProps<"/users/join-links">) {
  return whenAvailable(async () => {
    const actor = await requireActor("create", HERE);
    const query = await searchParams;
    const pageOf = (name: "links" | "requests") => ({ limit: 25, cursor: one(query[name]) });
    const [t, names, roles, links, requests] = await Promise.all([
      getTranslations("joinLinks"),
      getTranslations("roles"),
      listAssignableRoles(actor),
      listJoinLinks(actor, pageOf("links")),
      listJoinRequests(actor, pageOf("requests")),
    ]);
    const said = SAID.find((known) => known === one(query["said"]));
    const pages = (name: "links" | "requests", next: string | null) => (
      <PagesNav
        label={t("pages")}
        first={query[name] && { href: HERE, text: t("first") }}
        next={next && { href: `${HERE}?${new URLSearchParams({ [name]: next })}`, text: t("next") }}
      />
    );
    const badAddress = (
      <EmptyState title={t("badAddress")}>
        <TextLink href={HERE}>{t("badAddressLink")}</TextLink>
      </EmptyState>
    );
    return (
      <ClientMessages sections={["joinLinks", "linkReceipt", "rules", "waiting"]}>
        <BackLink href="/users/invite">{t("back")}</BackLink>
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        <p className="mt-2 mb-8 max-w-xl text-soft text-pretty">{t("intro")}</p>
        {said && (
          <div className="mb-8 max-w-xl">
            <Notice tone={DONE.includes(said) ? "ok" : "warning"} role="status">
              {t(`said_${said}`)}
            </Notice>
          </div>
        )}
        <div className="grid gap-x-16 gap-y-16 lg:grid-cols-[24rem_minmax(0,1fr)]">
          <div className="min-w-0">
            <JoinLinkForm
              create={create}
              roles={roles
                .filter(({ slug }) => slug !== ADMIN_ROLE)
                .map((role) => ({ value: role.slug, label: roleLabel(names, role) }))}
              initial={{
                ...{ name: "", role: USER_ROLE, maxUses: "10", domain: "", approval: "on" },
                days: String(JOIN_LINK_DAYS),
              }}
              headlines={await summaryWords(5)}
            />
          </div>
          <div className="min-w-0 space-y-16">
            <section aria-labelledby="requests">
              <h2 id="requests" className="mb-4 text-lg font-semibold">
                {t("requests")}
              </h2>
              {requests.kind === "invalid" && badAddress}
              {requests.kind === "listed" &&
                (requests.joinRequests.length > 0 ? (
                  <JoinRequestList
                    joinRequests={requests.joinRequests}
                    approve={approve}
                    refuse={refuse}
                  />
                ) : (
                  <EmptyState title={t("nobodyTitle")} text={t("nobodyText")} />
                ))}
              {requests.kind === "listed" && pages("requests", requests.nextCursor)}
            </section>
            <section aria-labelledby="links">
              <h2 id="links" className="mb-4 text-lg font-semibold">
                {t("links")}
              </h2>
              {links.kind === "invalid" && badAddress}
              {links.kind === "listed" &&
                (links.joinLinks.length > 0 ? (
                  <JoinLinkList joinLinks={links.joinLinks} revoke={revoke} />
                ) : (
                  <EmptyState title={t("noneTitle")} text={t("noneText")} />
                ))}
              {links.kind === "listed" && pages("links", links.nextCursor)}
            </section>
          </div>
        </div>
      </ClientMessages>
    );
  }, Message);
}
