import type { Metadata } from "next";
import Link from "next/link";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Message } from "@/components/message";
import { buttonStyle } from "@/components/ui/button-style";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { EmptyState } from "@/components/users/empty-state";
import { personName } from "@/components/users/person-name";
import { UserSearch } from "@/components/users/user-search";
import { UsersTable } from "@/components/users/users-table";
import { listRoles } from "@/lib/roles/list-roles";
import { listUsers } from "@/lib/users/list-users";
import { one } from "../../one";
import { whenAvailable } from "../../when-available";
import { requireActor } from "../require-actor";
import { changeRole, disable, enable } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("users");
  return { title: t("title") };
}

export default function UsersPage({ searchParams }: PageProps<"/users">) {
  return whenAvailable(async () => {
    const actor = await requireActor("read", "/users");
    const asked = await searchParams;
    const search = one(asked["search"])?.trim() || undefined;
    const cursor = one(asked["cursor"]);
    const [listed, roles, t] = await Promise.all([
      listUsers(actor, { search, cursor }),
      listRoles(actor),
      getTranslations("users"),
    ]);
    if (listed.kind === "forbidden") forbidden();
    const here = (query: Record<string, string>) => {
      const text = new URLSearchParams({ ...(search && { search }), ...query }).toString();
      return text === "" ? "/users" : `/users?${text}`;
    };
    if (listed.kind === "invalid") {
      return (
        <EmptyState title={t("badAddress")}>
          <TextLink href="/users">{t("badAddressLink")}</TextLink>
        </EmptyState>
      );
    }

    const { users, total, nextCursor } = listed;
    const created = users.find((user) => user.id === one(asked["created"]));
    const words = await getTranslations("createUser");
    return (
      <>
        <div className="flex flex-wrap items-end justify-between gap-4">
          <div>
            <h1 className="text-2xl font-semibold">{t("title")}</h1>
            <p className="mt-1 text-soft tabular-nums">
              {t(total.exact ? "total" : "totalMore", { count: total.value })}
            </p>
          </div>
          <Link href="/users/new" className={buttonStyle({ look: "primary" })}>
            {t("create")}
          </Link>
        </div>
        <div className="mt-8 mb-4 space-y-4">
          {created && (
            <Notice tone="ok" role="status">
              {words("created", { name: personName(created) })}
            </Notice>
          )}
          <UserSearch search={search ?? ""} />
        </div>
        {users.length > 0 ? (
          <UsersTable
            users={users}
            selfId={actor.userId}
            roles={roles}
            changes={{ changeRole, disable, enable }}
            now={new Date()}
          />
        ) : (
          <EmptyState title={t("nobodyTitle", { search: search ?? "" })} text={t("nobodyText")}>
            <TextLink href="/users">{t("clear")}</TextLink>
          </EmptyState>
        )}
        {total.value === 1 && search === undefined && (
          <EmptyState title={t("onlyYouTitle")} text={t("onlyYouText")} />
        )}
        {(cursor || nextCursor) && (
          <nav aria-label={t("pages")} className="mt-6 flex gap-3">
            {cursor && (
              <Link href={here({})} className={buttonStyle({ size: "sm" })}>
                {t("first")}
              </Link>
            )}
            {nextCursor && (
              <Link href={here({ cursor: nextCursor })} className={buttonStyle({ size: "sm" })}>
                {t("next")}
              </Link>
            )}
          </nav>
        )}
      </>
    );
  }, Message);
}
