import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { JobItems } from "@/components/bulk/job-items";
import { JobPanel } from "@/components/bulk/job-panel";
import { EmptyState } from "@/components/empty-state";
import { LinksMaker } from "@/components/links/links-maker";
import { Message } from "@/components/message";
import { PagesNav } from "@/components/pages-nav";
import { roleLabel } from "@/components/people/role-label";
import { RelativeTime } from "@/components/relative-time";
import { buttonStyle } from "@/components/ui/button-style";
import { Link } from "@/components/ui/link";
import { TextLink } from "@/components/ui/text-link";
import { may } from "@/lib/access/policy";
import { getJob } from "@/lib/jobs/find-job";
import type { JobView } from "@/lib/jobs/job-view";
import { listJobItems } from "@/lib/jobs/list-job-items";
import { databaseNow } from "@/lib/platform/database-now";
import { orLater } from "@/lib/platform/or-later";
import { listRoles } from "@/lib/roles/list-roles";
import { ClientMessages } from "../../../client-messages";
import { forbidPage } from "../../../forbid-page";
import { missPage } from "../../../miss-page";
import { one } from "../../../one";
import { whenAvailable } from "../../../when-available";
import { findOnce } from "../../find-once";
import { requireActor } from "../../require-actor";
import { cancel } from "../actions";
import { NoSuchJob } from "./no-such-job";

const find = findOnce(getJob);

export async function generateMetadata({ params }: PageProps<"/jobs/[id]">): Promise<Metadata> {
  const t = await getTranslations("bulk");
  const { id } = await params;
  const found = await orLater(() => find(id));
  return { title: found.kind === "found" ? t(`job_${found.job.kind}`) : t("notFoundTitle") };
}

/** One job: how far it is, and what came of each user. */
export default function JobPage({ params, searchParams }: PageProps<"/jobs/[id]">) {
  return whenAvailable(async () => {
    const { id } = await params;
    const actor = await requireActor("read", `/jobs/${id}`);
    const asked = await searchParams;
    const outcome = one(asked["outcome"]) === "rejected" ? "rejected" : undefined;
    const cursor = one(asked["cursor"]);
    const t = await getTranslations("bulk");
    const [found, listed, roles] = await Promise.all([
      find(id),
      listJobItems(actor, id, { outcome, cursor }),
      listRoles(actor),
    ]);
    if (found.kind === "forbidden" || listed.kind === "forbidden") forbidPage();
    if (found.kind === "notFound" || listed.kind === "notFound") missPage(<NoSuchJob />);
    const { job } = found;
    if (job.state === "draft") redirect(`/users/import?job=${id}`);
    const here = (query: Record<string, string>) => {
      const text = new URLSearchParams({ ...(outcome && { outcome }), ...query }).toString();
      return text === "" ? `/jobs/${id}` : `/jobs/${id}?${text}`;
    };
    const names = await getTranslations("roles");
    const links = await getTranslations("manyLinks");
    // Who was imported is there and cannot get in yet.
    const needsLinks =
      job.kind === "import" &&
      job.state !== "running" &&
      job.changed > 0 &&
      may(actor, "create", "User");
    const role = roles.find(({ slug }) => slug === job.options.role);
    return (
      <ClientMessages sections={["bulk", "manyLinks"]}>
        <h1 className="text-2xl font-semibold">{t(`job_${job.kind}`)}</h1>
        <Facts
          job={job}
          role={role && roleLabel(names, role)}
          isOwn={job.creator.id === actor.userId}
        />
        <div className="mt-8">
          <JobPanel initial={job} cancel={cancel} />
        </div>
        {needsLinks && (
          <section aria-labelledby="links" className="mt-12 max-w-2xl">
            <h2 id="links" className="text-lg font-semibold">
              {links("title")}
            </h2>
            <p className="mt-1 mb-4 text-soft">{links("text", { count: job.changed })}</p>
            <LinksMaker people={{ job: id }} total={job.changed} />
          </section>
        )}
        <section aria-labelledby="results" className="mt-12">
          <div className="mb-4 flex flex-wrap items-end justify-between gap-4">
            <h2 id="results" className="text-lg font-semibold">
              {t("results")}
            </h2>
            <div className="flex flex-wrap gap-3">
              <nav aria-label={t("show")} className="flex gap-1">
                {([undefined, "rejected"] as const).map((which) => (
                  <Link
                    key={which ?? "all"}
                    href={which ? `/jobs/${id}?outcome=${which}` : `/jobs/${id}`}
                    aria-current={which === outcome ? "page" : undefined}
                    className={buttonStyle({
                      size: "sm",
                      look: which === outcome ? "secondary" : "quiet",
                    })}
                  >
                    {t(which ? "showRejected" : "showAll")}
                  </Link>
                ))}
              </nav>
              <a
                href={`/v1/jobs/${id}/items.csv${outcome ? `?outcome=${outcome}` : ""}`}
                download
                className={buttonStyle({ size: "sm" })}
              >
                {t("download")}
              </a>
            </div>
          </div>
          {listed.kind === "invalid" ? (
            <EmptyState title={t("badAddress")}>
              <TextLink href={here({})}>{t("badAddressLink")}</TextLink>
            </EmptyState>
          ) : listed.items.length === 0 ? (
            <EmptyState title={t("nothing")} />
          ) : (
            <JobItems job={job} items={listed.items} />
          )}
          {listed.kind === "listed" && (
            <PagesNav
              label={t("pages")}
              first={cursor && { href: here({}), text: t("first") }}
              next={
                listed.nextCursor && { href: here({ cursor: listed.nextCursor }), text: t("next") }
              }
            />
          )}
        </section>
        <p className="mt-10">
          <TextLink href={job.kind === "import" ? "/users?status=invited" : "/users"}>
            {t(job.kind === "import" ? "seeInvited" : "backToUsers")}
          </TextLink>
        </p>
      </ClientMessages>
    );
  }, Message);
}

/** What was asked, by whom and when. */
async function Facts({
  job,
  role,
  isOwn,
}: {
  job: JobView;
  role: string | undefined;
  isOwn: boolean;
}) {
  const t = await getTranslations("bulk");
  const { options } = job;
  const facts = [
    !isOwn && t("startedBy", { email: job.creator.email }),
    options.reason && t("withReason", { reason: options.reason }),
    options.role && t("toRole", { role: role ?? options.role }),
    options.file && t("fromFile", { file: options.file }),
  ];
  return (
    <p className="mt-1 flex flex-wrap gap-x-4 text-soft">
      <RelativeTime at={job.startedAt ?? job.createdAt} now={databaseNow()} />
      {facts.map(
        (fact) =>
          fact && (
            <bdi key={fact} className="wrap-anywhere">
              {fact}
            </bdi>
          ),
      )}
    </p>
  );
}
