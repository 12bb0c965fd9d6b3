import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { HealthView } from "@/lib/bootstrap/health-view";
import type { PreflightCheck } from "@/lib/bootstrap/preflight";
import { CheckLine, type CheckWords } from "../check-line";
import { preflightWords } from "../setup/preflight-words";

type Check = HealthView["checks"][number];

/** How the installation does, each with the one thing that mends it. */
export function HealthList({ health }: { health: HealthView }) {
  const t = useTranslations("health");
  const before = useTranslations("preflight");
  return (
    <>
      <ul className="divide-y divide-line border-y border-line">
        {health.checks.map((check) => (
          <CheckLine
            key={check.id}
            state={check.state}
            stateWords={before(check.state)}
            words={healthWords(check, t, before)}
          />
        ))}
      </ul>
      <p className="mt-3 text-sm text-soft">{t("version", { version: health.version })}</p>
    </>
  );
}

function healthWords(
  { id, state, detail = {} }: Check,
  t: ReturnType<typeof useTranslations<"health">>,
  before: ReturnType<typeof useTranslations<"preflight">>,
): CheckWords {
  const code = (chunks: ReactNode) => <code className="font-mono text-ink">{chunks}</code>;
  const ok = state === "ok";
  const fixBy = (name: Exclude<Check["id"], PreflightCheck["id"]>) =>
    ok ? null : t.rich(`${name}Fix`, { code });
  switch (id) {
    case "clients":
      return {
        text: t(ok ? "clients_ok" : "clients_warning"),
        aside: t(detail["proxied"] === "yes" ? "proxied" : "direct"),
        fix: fixBy(id),
      };
    case "writing":
      return { text: t(ok ? "writing_ok" : "writing_warning"), fix: fixBy(id) };
    case "trail":
      return {
        text: ok ? t("trail_ok") : t("trail_warning", { waiting: Number(detail["waiting"]) }),
        aside: ok && t("trailWaiting", { waiting: Number(detail["waiting"]) }),
        fix: fixBy(id),
      };
    case "jobs":
      return {
        text: t(ok ? "jobs_ok" : "jobs_warning"),
        aside: t("jobsCount", {
          running: Number(detail["running"]),
          waiting: Number(detail["waiting"]),
        }),
        fix: fixBy(id),
      };
    case "mail":
      return { text: t(ok ? "mail_ok" : "mail_warning"), aside: detail["from"], fix: fixBy(id) };
    default:
      return preflightWords({ id, state, detail }, before);
  }
}
