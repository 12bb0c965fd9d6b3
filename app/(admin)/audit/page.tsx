import type { Metadata } from "next";
import Link from "next/link";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { EventList } from "@/components/audit/event-list";
import { Message } from "@/components/message";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { Input } from "@/components/ui/input";
import { TextLink } from "@/components/ui/text-link";
import { EmptyState } from "@/components/users/empty-state";
import { listEvents } from "@/lib/audit/list-events";
import { one } from "../../one";
import { whenAvailable } from "../../when-available";
import { requireActor } from "../require-actor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default function AuditPage({ searchParams }: PageProps<"/audit">) {
  return whenAvailable(async () => {
    const actor = await requireActor("read", "/audit", "AuditEvent");
    const asked = await searchParams;
    const search = one(asked["search"])?.trim() || undefined;
    const cursor = one(asked["cursor"]);
    const t = await getTranslations("audit");
    const listed = await listEvents(actor, { search, cursor });
    if (listed.kind === "forbidden") forbidden();
    if (listed.kind === "invalid") {
      return (
        <EmptyState title={t("badAddress")}>
          <TextLink href="/audit">{t("badAddressLink")}</TextLink>
        </EmptyState>
      );
    }
    const { events, nextCursor } = listed;
    const here = (query: Record<string, string>) =>
      `/audit?${new URLSearchParams({ ...(search && { search }), ...query })}`;
    return (
      <>
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        <p className="mt-1 text-soft">{t("intro")}</p>
        <search>
          <form action="/audit" className="mt-8 mb-4 flex gap-2 sm:max-w-md">
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
        {events.length > 0 ? (
          <EventList events={events} now={new Date()} />
        ) : (
          <EmptyState title={t("nothingTitle")} text={t("nothingText")}>
            <TextLink href="/audit">{t("badAddressLink")}</TextLink>
          </EmptyState>
        )}
        {(cursor || nextCursor) && (
          <nav aria-label={t("pages")} className="mt-6 flex gap-3">
            {cursor && (
              <Link href={here({})} className={buttonStyle({ size: "sm" })}>
                {t("newest")}
              </Link>
            )}
            {nextCursor && (
              <Link href={here({ cursor: nextCursor })} className={buttonStyle({ size: "sm" })}>
                {t("older")}
              </Link>
            )}
          </nav>
        )}
      </>
    );
  }, Message);
}
