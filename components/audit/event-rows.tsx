"use client";

import "./event-rows.css";
import { createContext, type ReactNode, useContext, useState, useTransition } from "react";
import { RelativeTime } from "../relative-time";
import { RepeatedIcon } from "../ui/repeated-icon";
import { Spinner } from "../ui/spinner";

/** Everything that is known of an event, drawn; any other kind where it cannot be shown now. */
export type OpenEvent = (
  id: string,
) => Promise<{ kind: "shown"; shown: ReactNode } | { kind: Exclude<string, "shown"> }>;

/** What the rows of a list have in common, told once. */
type Shared = {
  now: Date;
  open: OpenEvent;
  /** Below which address each event has a page of its own. */
  pages: string;
  words: { more: string; loading: string };
};
const SharedContext = createContext<Shared | null>(null);

export function EventRows({ children, ...shared }: Shared & { children: ReactNode }) {
  return (
    <SharedContext value={shared}>
      <ol className="events">{children}</ol>
    </SharedContext>
  );
}

/** One event, closed. What is known of it is fetched once, when it opens. */
export function EventRow({
  id,
  at,
  icon,
  person,
  notable,
  whence,
  children,
}: {
  id: number;
  /** ISO 8601 */
  at: string;
  /** As the sprite of the list calls it. */
  icon: string;
  /** Who did it, as an avatar; otherwise the icon stands there. */
  person: { hue: number; initials: string } | undefined;
  notable: true | undefined;
  whence: string;
  children: ReactNode;
}) {
  const shared = useContext(SharedContext);
  const [known, setKnown] = useState<ReactNode>(null);
  const [loading, start] = useTransition();
  if (shared === null) throw new Error("EventRow needs EventRows around it.");
  const { now, open, pages, words } = shared;
  return (
    <li>
      <details
        onToggle={({ currentTarget }) => {
          if (!currentTarget.open || known || loading) return;
          start(async () => {
            // Where it fails, the link below still leads there.
            const opened = await open(String(id)).catch(() => null);
            if (opened && "shown" in opened) setKnown(opened.shown);
          });
        }}
      >
        <summary>
          <span
            className={person ? "avatar" : "icon"}
            data-hue={person?.hue}
            data-notable={notable}
            aria-hidden="true"
          >
            {person?.initials ?? <RepeatedIcon name={icon} className="size-4" />}
          </span>
          <div>
            <div>{children}</div>
            <p>
              <RelativeTime at={at} now={now} />
              <span>{whence}</span>
            </p>
          </div>
          <RepeatedIcon name="open" className="chevron" />
        </summary>
        {known ?? (
          <p className="more">
            {loading ? (
              <span role="status">
                <Spinner /> {words.loading}
              </span>
            ) : (
              <a href={`${pages}/${id}`}>{words.more}</a>
            )}
          </p>
        )}
      </details>
    </li>
  );
}
