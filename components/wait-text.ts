import type { useTranslations } from "next-intl";

type WaitReason = "rateLimited" | "overloaded" | "unavailable";

/** It has to be tried again, in so many seconds. */
export type Wait = { kind: WaitReason; retryAfter: number };

/** Why a request was put off and for how long, in minutes once seconds would be tiresome. */
export function waitText(
  t: ReturnType<typeof useTranslations<"waiting">>,
  reason: WaitReason,
  seconds: number,
): string {
  if (reason !== "rateLimited") return t(reason, { seconds });
  return seconds > 90
    ? t("rateLimitedMinutes", { minutes: Math.ceil(seconds / 60) })
    : t("rateLimitedSeconds", { seconds });
}
