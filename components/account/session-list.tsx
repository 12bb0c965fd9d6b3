import "./session-list.css";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { SessionView } from "@/lib/sessions/list-sessions";
import { RelativeTime } from "../relative-time";
import { Badge } from "../ui/badge";
import { SubmitButton } from "../ui/submit-button";
import { alikeSessions } from "./alike-sessions";
import { useDeviceName } from "./use-device-name";

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
  const device = (session: SessionView, badge: ReactNode) => (
    <p>
      <span>{deviceName(session.userAgent)}</span>
      {badge}
    </p>
  );
  return (
    <form action={end}>
      <ul className="sessions">
        {alikeSessions(sessions, deviceName).map(([first, ...others]) =>
          first === undefined ? null : others.length === 0 ? (
            <li key={first.id}>
              <div>
                {device(first, first.current && <Badge tone="ok">{t("current")}</Badge>)}
                <p>{seen(first)}</p>
                {detail && <p>{detail(first)}</p>}
              </div>
              {out(first)}
            </li>
          ) : (
            <li key={first.id}>
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
