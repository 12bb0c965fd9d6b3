import "./session-list.css";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { SessionView } from "@/lib/sessions/list-sessions";
import { RelativeTime } from "../relative-time";
import { Badge } from "../ui/badge";
import { IconSprite } from "../ui/icon-sprite";
import { Monitor } from "../ui/icons/monitor";
import { Smartphone } from "../ui/icons/smartphone";
import { Tablet } from "../ui/icons/tablet";
import { Terminal } from "../ui/icons/terminal";
import { RepeatedIcon } from "../ui/repeated-icon";
import { SubmitButton } from "../ui/submit-button";
import { alikeSessions } from "./alike-sessions";
import { deviceKind } from "./describe-device";
import { useDeviceName } from "./use-device-name";

const ICONS = { desktop: Monitor, phone: Smartphone, tablet: Tablet, program: Terminal };

/** Where somebody is signed in, with a way out for each session but the one that looks. */
export function SessionList({
  sessions,
  end,
  now,
  detail,
}: {
  sessions: readonly SessionView[];
  end: (form: FormData) => Promise<void>;
  now: Date;
  /** One more line about a session. */
  detail?: (session: SessionView) => ReactNode;
}) {
  const t = useTranslations("sessions");
  const deviceName = useDeviceName();
  const seen = (session: SessionView) =>
    t.rich("lastSeen", {
      address: session.address ?? t("unknownAddress"),
      when: () => <RelativeTime at={session.lastSeenAt} now={now} />,
    });
  const out = (session: SessionView) =>
    !session.current && (
      <SubmitButton
        name="session"
        value={session.id}
        look="secondary"
        size="sm"
        working={t("ending")}
      >
        {t("end")}
      </SubmitButton>
    );
  const icon = ({ userAgent }: SessionView) => (
    <RepeatedIcon name={deviceKind(userAgent)} className="device" />
  );
  const kinds = new Set(sessions.map(({ userAgent }) => deviceKind(userAgent)));
  const device = (session: SessionView, badge: ReactNode) => (
    <p>
      <span>{deviceName(session.userAgent)}</span>
      {badge}
    </p>
  );
  return (
    <form action={end}>
      <IconSprite icons={Object.fromEntries([...kinds].map((kind) => [kind, ICONS[kind]]))} />
      <ul className="sessions">
        {alikeSessions(sessions, deviceName).map(([first, ...others]) =>
          first === undefined ? null : others.length === 0 ? (
            <li key={first.id}>
              {icon(first)}
              <div>
                {device(first, first.current && <Badge tone="ok">{t("current")}</Badge>)}
                <p>{seen(first)}</p>
                {detail && <p>{detail(first)}</p>}
              </div>
              {out(first)}
            </li>
          ) : (
            <li key={first.id}>
              {icon(first)}
              <div>
                {device(first, <Badge>{t("alike", { count: others.length + 1 })}</Badge>)}
                <p>{seen(first)}</p>
                <details>
                  <summary>{t("each")}</summary>
                  <ul>
                    {[first, ...others].map((session) => (
                      <li key={session.id}>
                        <div>
                          <p>{seen(session)}</p>
                          {detail && <p>{detail(session)}</p>}
                        </div>
                        {out(session)}
                      </li>
                    ))}
                  </ul>
                </details>
              </div>
            </li>
          ),
        )}
      </ul>
    </form>
  );
}
