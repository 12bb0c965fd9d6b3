import { useTranslations } from "next-intl";
import { ShieldQuestionMark } from "@/components/ui/icons/shield-question-mark";
import { TriangleAlert } from "@/components/ui/icons/triangle-alert";
import type { SignInNotices } from "@/lib/sessions/sign-in-notices";
import { RelativeTime } from "../relative-time";
import { SubmitButton } from "../ui/submit-button";
import { TextLink } from "../ui/text-link";
import { useDeviceName } from "./use-device-name";

type Answer = (form: FormData) => Promise<void>;

/** What happened at one's own door: asks of each unfamiliar sign-in whether it was oneself. */
export function SignInReview({
  notices: { unfamiliar, blockedAt },
  now,
  recognize,
  disown,
}: {
  notices: SignInNotices;
  now: Date;
  recognize: Answer;
  disown: Answer;
}) {
  const t = useTranslations("signInReview");
  const sessions = useTranslations("sessions");
  const deviceName = useDeviceName();
  if (unfamiliar.length === 0 && blockedAt === null) return null;
  return (
    <section aria-label={t("title")} className="border-b border-warning bg-warning-tint">
      <ul className="mx-auto max-w-6xl divide-y divide-line px-4 sm:px-6">
        {unfamiliar.map(({ sessionId, at, address, userAgent }) => (
          <li
            key={sessionId}
            className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-3"
          >
            <p className="flex min-w-0 flex-1 basis-80 gap-3 wrap-anywhere">
              <ShieldQuestionMark
                className="mt-0.5 size-5 shrink-0 text-warning"
                aria-hidden="true"
              />
              <span>
                {t.rich("unfamiliar", {
                  address: address ?? sessions("unknownAddress"),
                  device: deviceName(userAgent),
                  when: () => <RelativeTime at={at} now={now} />,
                })}
              </span>
            </p>
            <div className="flex flex-wrap gap-2">
              <form action={recognize}>
                <input type="hidden" name="session" value={sessionId} />
                <SubmitButton look="secondary" size="sm" working={t("answering")}>
                  {t("me")}
                </SubmitButton>
              </form>
              <form action={disown}>
                <input type="hidden" name="session" value={sessionId} />
                <SubmitButton look="secondary" size="sm" working={t("answering")}>
                  {t("notMe")}
                </SubmitButton>
              </form>
            </div>
          </li>
        ))}
        {blockedAt !== null && (
          <li className="flex gap-3 py-3">
            <TriangleAlert className="mt-0.5 size-5 shrink-0 text-warning" aria-hidden="true" />
            <p>
              {t.rich("blocked", {
                when: () => <RelativeTime at={blockedAt} now={now} />,
                link: (text) => <TextLink href="/account/activity">{text}</TextLink>,
              })}
            </p>
          </li>
        )}
      </ul>
    </section>
  );
}
