import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { EventView } from "@/lib/audit/event-view";
import { TextLink } from "../ui/text-link";
import { ActorName, useDevice, useDoor } from "./event-words";
import { ExactTime } from "./exact-time";

/** Characters of a hash that tell two events apart to a reader. */
const HASH_SHOWN = 16;

/** Whether the address is missing because a person is not told from where somebody else acted. */
export function isUntold({ actor, address }: EventView, own: boolean): boolean {
  return own && actor.id !== null && address === null;
}

/** Everything that is known of one event, with ways on to what is related where the whole trail may be read. */
export function EventDetails({ event, own }: { event: EventView; own: boolean }) {
  const t = useTranslations("audit");
  const door = useDoor(event.door);
  const device = useDevice(event);
  const { actor, target, address, requestId, details } = event;
  const { userAgent } = details;
  return (
    <div className="mb-4 animate-arrive rounded border border-line bg-surface p-4 sm:ms-11">
      <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-[8rem_minmax(0,1fr)]">
        <Item term={t("when")}>
          <ExactTime at={event.at} />
        </Item>
        <Item term={t("what")}>
          <span className="font-mono">
            {event.id} · {event.action}
          </span>
        </Item>
        <Item
          term={t("who")}
          more={!own && actor.id !== null && { query: { actorId: actor.id }, text: t("onlyActor") }}
        >
          <ActorName actor={actor} />
        </Item>
        {target && (
          <Item
            term={t("whom")}
            more={
              !own &&
              target.type === "user" && { query: { targetId: target.id }, text: t("onlyTarget") }
            }
          >
            <bdi>{target.label}</bdi>{" "}
            <span className="font-mono text-soft">
              {target.type} {target.id}
            </span>
          </Item>
        )}
        {!isUntold(event, own) && (
          <Item
            term={t("from")}
            more={
              !own && address !== null && { query: { search: address }, text: t("onlyAddress") }
            }
          >
            {address ?? t("nowhere")}
          </Item>
        )}
        {door && <Item term={t("door")}>{door}</Item>}
        {device && (
          <Item term={t("client")}>
            {device} <span className="text-soft">{String(userAgent)}</span>
          </Item>
        )}
        {requestId && (
          <Item
            term={t("request")}
            more={!own && { query: { search: requestId }, text: t("onlyRequest") }}
          >
            <span className="font-mono">{requestId}</span>
          </Item>
        )}
        <Item term={t("hash")}>
          {event.hash === null ? (
            t("unsealed")
          ) : (
            <span className="font-mono" title={event.hash}>
              {event.hash.slice(0, HASH_SHOWN)}…
            </span>
          )}
        </Item>
        {Object.keys(details).length > 0 && (
          <Item term={t("details")}>
            <pre className="font-mono whitespace-pre-wrap">{JSON.stringify(details, null, 2)}</pre>
          </Item>
        )}
      </dl>
    </div>
  );
}

function Item({
  term,
  more = false,
  children,
}: {
  term: string;
  /** What else there is of the same. */
  more?: false | { query: Record<string, string>; text: string };
  children: ReactNode;
}) {
  return (
    <>
      <dt className="text-soft max-sm:-mb-2">{term}</dt>
      <dd className="flex min-w-0 flex-wrap justify-between gap-x-6 gap-y-1">
        <div className="min-w-0 wrap-anywhere">{children}</div>
        {more && (
          <TextLink href={`/audit?${new URLSearchParams(more.query)}`}>{more.text}</TextLink>
        )}
      </dd>
    </>
  );
}
