import "./session-list.css";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { SessionView } from "@/lib/sessions/list-sessions";
import { RelativeTime } from "../relative-time";
import { Badge } from "../ui/badge";
import { SubmitButton } from "../ui/submit-button";
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
  return (
    <form action={end}>
      <ul className="sessions">
        {sessions.map((session) => (
          <li key={session.id}>
            <div>
              <p>
                <span>{deviceName(session.userAgent)}</span>
                {session.current && <Badge tone="ok">{t("current")}</Badge>}
              </p>
              <p>
                {t.rich("lastSeen", {
                  address: session.address ?? t("unknownAddress"),
                  when: () => <RelativeTime at={session.lastSeenAt} now={now} />,
                })}
              </p>
              {detail && <p>{detail(session)}</p>}
            </div>
            {!session.current && (
              <SubmitButton
                name="session"
                value={session.id}
                look="secondary"
                size="sm"
                working={t("ending")}
              >
                {t("end")}
              </SubmitButton>
            )}
          </li>
        ))}
      </ul>
    </form>
  );
}
