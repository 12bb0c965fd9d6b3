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
    <ul className="divide-y divide-line border-y border-line">
      {sessions.map((session) => (
        <li key={session.id} className="flex items-center gap-4 py-4">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-medium">{deviceName(session.userAgent)}</span>
              {session.current && <Badge tone="ok">{t("current")}</Badge>}
            </p>
            <p className="mt-1 text-sm text-soft tabular-nums">
              {t.rich("lastSeen", {
                address: session.address ?? t("unknownAddress"),
                when: () => <RelativeTime at={session.lastSeenAt} now={now} />,
              })}
            </p>
            {detail && <p className="text-sm text-soft tabular-nums">{detail(session)}</p>}
          </div>
          {!session.current && (
            <form action={end}>
              <input type="hidden" name="session" value={session.id} />
              <SubmitButton look="secondary" size="sm" working={t("ending")}>
                {t("end")}
              </SubmitButton>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}
