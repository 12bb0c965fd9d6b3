import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { JobBars } from "@/components/bulk/job-bars";
import { EmptyState } from "@/components/empty-state";
import { Message } from "@/components/message";
import { personName } from "@/components/people/person-name";
import { roleLabel } from "@/components/people/role-label";
import { buttonStyle } from "@/components/ui/button-style";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { ListArrival } from "@/components/users/list/list-arrival";
import { EXTRA_COLUMNS, readPreference } from "@/components/users/list/list-preference";
import {
  EMPTY_QUERY,
  filterText,
  type ListQuery,
  listHref,
  placeOf,
  SEVERAL,
} from "@/components/users/list/list-query";
import { ListSkeleton } from "@/components/users/list/list-skeleton";
import { MoreMenu } from "@/components/users/list/more-menu";
import { UsersList } from "@/components/users/list/users-list";
import type { Actor } from "@/lib/access/actor";
import { may, mayAll } from "@/lib/access/policy";
import { recentJobs } from "@/lib/jobs/recent-jobs";
import { databaseNow } from "@/lib/platform/database-now";
import { listAssignableRoles } from "@/lib/roles/list-assignable-roles";
import { listRoles } from "@/lib/roles/list-roles";
import { mayTidy } from "@/lib/saved-views/delete-view";
import { listSavedViews } from "@/lib/saved-views/list-saved-views";
import { tellOfUsers } from "@/lib/sessions/tell-of-users";
import { listUsers } from "@/lib/users/list/list-users";
import { ADMIN_ROLE, USER_ROLE } from "@/lib/users/schema";
import { KEPT } from "@/product";
import { ClientMessages } from "../../client-messages";
import { forbidPage } from "../../forbid-page";
import { one } from "../../one";
import { whenAvailable } from "../../when-available";
import { requireActor } from "../require-actor";
import { changeRole, disable, enable } from "./actions";
import { runBulk } from "./bulk-actions";
import { peekUser } from "./peek-actions";
import { deleteView, saveView, shareView } from "./view-actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("users");
  return { title: t("title") };
}

const LOOKS: Record<string, "strong" | "unseen"> = {
  [ADMIN_ROLE]: "strong",
  [USER_ROLE]: "unseen",
};

type Asked = Awaited<PageProps<"/users">["searchParams"]>;

export default function UsersPage({ searchParams }: PageProps<"/users">) {
  return whenAvailable(async () => {
    const actor = await requireActor("read", "/users");
    const asked = await searchParams;
    return (
      <ClientMessages
        sections={["bulk", "manyLinks", "userActions", "users", "usersList", "waiting"]}
      >
        <ListArrival skeleton={<ListSkeleton />}>
          <List actor={actor} asked={asked} />
        </ListArrival>
      </ClientMessages>
    );
  }, Message);
}

/**
 * What the address says. Nothing is as good as an empty value, which a form without JavaScript sends, as it sends each of
 * several values by itself.
 */
function readQuery(asked: Asked): ListQuery {
  const names = Object.keys(EMPTY_QUERY) as (keyof ListQuery)[];
  const several: readonly string[] = SEVERAL;
  const said = names.map((name) => {
    const given = several.includes(name)
      ? [asked[name] ?? []].flat().sort().join(",")
      : one(asked[name]);
    return [name, given?.trim() || EMPTY_QUERY[name]];
  });
  return Object.fromEntries(said) as ListQuery;
}

function List({ actor, asked }: { actor: Actor; asked: Asked }) {
  return whenAvailable(async () => {
    const query = readQuery(asked);
    // One address for one list: scripts read each parameter once.
    if (SEVERAL.some((name) => Array.isArray(asked[name]))) {
      redirect(listHref(query, { cursor: query.cursor, from: query.from }));
    }
    const { from: _, ...listing } = query;
    const given = Object.fromEntries(Object.entries(listing).filter(([, value]) => value !== ""));
    const preference = readPreference((await cookies()).get(KEPT.listCookie)?.value);
    const include = EXTRA_COLUMNS.filter((column) => preference.columns.includes(column));
    const [listed, roles, assignable, jobs, views] = await Promise.all([
      listUsers(actor, { ...given, include: include.join(",") }, tellOfUsers),
      listRoles(actor),
      listAssignableRoles(actor),
      recentJobs(actor),
      listSavedViews(actor),
    ]);
    const [t, words, roleNames] = await Promise.all([
      getTranslations("users"),
      getTranslations("usersList"),
      getTranslations("roles"),
    ]);
    if (listed.kind === "forbidden") forbidPage();
    if (listed.kind === "invalid") {
      const isPage = listed.issues.every(({ field }) => field === "cursor");
      return (
        <>
          <h1 className="text-2xl font-semibold">{t("title")}</h1>
          <EmptyState title={isPage ? t("badAddress") : words("badFilter")}>
            <TextLink href="/users">
              {isPage ? t("badAddressLink") : words("badFilterLink")}
            </TextLink>
          </EmptyState>
        </>
      );
    }

    const { users, total, nextCursor } = listed;
    const tidies = mayTidy(actor);
    const mayCreate = may(actor, "create", "User");
    const filter = filterText(query);
    const count = filter === "" ? t : words;
    const created = users.find((user) => user.id === one(asked["created"]));
    const done = await getTranslations("createUser");
    const options = (some: typeof roles) =>
      some.map((role) => ({ value: role.slug, label: roleLabel(roleNames, role) }));
    return (
      <>
        <div className="flex flex-wrap items-end justify-between gap-4">
          <div>
            <h1 className="text-2xl font-semibold">{t("title")}</h1>
            <p role="status" className="mt-1 text-soft tabular-nums">
              {count(total.exact ? "total" : "totalMore", { count: total.value })}
            </p>
          </div>
          <div className="flex flex-row-reverse gap-2">
            {mayCreate && (
              <Link href="/users/invite" className={buttonStyle({ look: "primary" })}>
                {words("invite")}
              </Link>
            )}
            <span className="noscript:hidden">
              <MoreMenu
                mayCreate={mayCreate}
                mayDelete={may(actor, "delete", "User")}
                exportHref={filter === "" ? "/v1/users/export" : `/v1/users/export?${filter}`}
              />
            </span>
          </div>
        </div>
        {created && (
          <div className="mt-6">
            <Notice tone="ok" role="status">
              {done("created", { name: personName(created) })}
            </Notice>
          </div>
        )}
        <JobBars jobs={jobs} />
        <div className="mt-8">
          <NuqsAdapter>
            <UsersList
              rows={users.map((user) => ({
                id: user.id,
                number: user.number,
                email: user.email,
                name: personName(user),
                role: user.role.slug,
                status: user.status,
                ...(user.emailVerifiedAt !== null && { verified: true }),
                lastLoginAt: user.lastLoginAt,
                createdAt: user.createdAt,
                ...(user.secondFactor !== undefined && { secondFactor: user.secondFactor }),
                ...(user.sessions !== undefined && { sessions: user.sessions }),
                ...(user.createdBy !== undefined && { createdBy: user.createdBy?.email ?? null }),
                ...(user.id === actor.userId && { isSelf: true }),
                ...(!may(actor, "updateRole", "User", user) && { fixedRole: true }),
                ...(!may(actor, "updateStatus", "User", user) && { fixedStatus: true }),
              }))}
              called={Object.fromEntries(
                users.map(({ role }) => [
                  role.slug,
                  { label: roleLabel(roleNames, role), look: LOOKS[role.slug] ?? "plain" },
                ]),
              )}
              total={total}
              place={placeOf(query, users.length, total)}
              nextCursor={nextCursor}
              now={databaseNow()}
              roles={options(roles)}
              assignable={options(assignable)}
              views={views.map(({ owner, ...view }) => ({
                ...view,
                owner: owner.id === actor.userId ? null : owner.email,
                mayDelete: owner.id === actor.userId || tidies,
              }))}
              mayShare={mayAll(actor, "read", "User")}
              initialPreference={preference}
              mayCreate={mayCreate}
              mayChange={(
                ["create", "updateRole", "updateStatus", "endSessions", "delete"] as const
              ).some((action) => may(actor, action, "User"))}
              changes={{ changeRole, disable, enable }}
              peek={peekUser}
              viewChanges={{ saveView, shareView, deleteView }}
              bulk={{
                run: runBulk,
                roles: options(assignable),
                mayChangeRole: may(actor, "updateRole", "User"),
                mayDisable: may(actor, "updateStatus", "User"),
                maySignOut: may(actor, "endSessions", "User"),
                mayInvite: may(actor, "create", "User"),
                mayDelete: may(actor, "delete", "User"),
              }}
            />
          </NuqsAdapter>
        </div>
      </>
    );
  }, Message);
}
