import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/empty-state";
import { Message } from "@/components/message";
import { PagesNav } from "@/components/pages-nav";
import { DeletedList } from "@/components/people/deleted-list";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { TextLink } from "@/components/ui/text-link";
import { databaseNow } from "@/lib/platform/database-now";
import { RESTORE_DAYS } from "@/lib/users/archive-users";
import { listDeletedUsers } from "@/lib/users/list/list-deleted-users";
import { ClientMessages } from "../../../client-messages";
import { forbidPage } from "../../../forbid-page";
import { one } from "../../../one";
import { whenAvailable } from "../../../when-available";
import { requireActor } from "../../require-actor";
import { restore } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("deletedUsers");
  return { title: t("title") };
}

/** Who was deleted, and can be brought back. */
export default function DeletedUsersPage({ searchParams }: PageProps<"/users/deleted">) {
  return whenAvailable(async () => {
    const actor = await requireActor("delete", "/users/deleted");
    const asked = await searchParams;
    const search = one(asked["search"])?.trim() || undefined;
    const cursor = one(asked["cursor"]);
    const t = await getTranslations("deletedUsers");
    const listed = await listDeletedUsers(actor, { search, cursor });
    if (listed.kind === "forbidden") forbidPage();
    if (listed.kind === "invalid") {
      return (
        <>
          <h1 className="text-2xl font-semibold">{t("title")}</h1>
          <EmptyState title={t("badAddress")}>
            <TextLink href="/users/deleted">{t("badAddressLink")}</TextLink>
          </EmptyState>
        </>
      );
    }
    const { users, nextCursor } = listed;
    const here = (query: Record<string, string>) =>
      `/users/deleted?${new URLSearchParams({ ...(search && { search }), ...query })}`;
    const filtered = search !== undefined || cursor !== undefined;
    return (
      <ClientMessages sections={["deletedUsers", "links", "roles", "waiting"]}>
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        <p className="mt-2 mb-8 max-w-xl text-soft text-pretty">
          {t("intro", { days: RESTORE_DAYS })}
        </p>
        {(users.length > 0 || filtered) && (
          <search>
            <form action="/users/deleted" className="mt-8 mb-4 flex gap-2 sm:max-w-md">
              <Input
                type="search"
                name="search"
                aria-label={t("search")}
                placeholder={t("search")}
                defaultValue={search ?? ""}
                maxLength={200}
                autoComplete="off"
              />
              <Button type="submit">{t("searchSubmit")}</Button>
            </form>
          </search>
        )}
        {users.length > 0 ? (
          <DeletedList users={users} restore={restore} now={databaseNow()} />
        ) : filtered ? (
          <EmptyState title={t("nothingTitle")} text={t("nothingText")}>
            <TextLink href="/users/deleted">{t("badAddressLink")}</TextLink>
          </EmptyState>
        ) : (
          <EmptyState title={t("nobodyTitle")} text={t("nobodyText")}>
            <TextLink href="/users">{t("toUsers")}</TextLink>
          </EmptyState>
        )}
        <PagesNav
          label={t("pages")}
          first={cursor && { href: here({}), text: t("first") }}
          next={nextCursor && { href: here({ cursor: nextCursor }), text: t("next") }}
        />
      </ClientMessages>
    );
  }, Message);
}
