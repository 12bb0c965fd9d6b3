import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Check } from "@/components/ui/icons/check";
import { TriangleAlert } from "@/components/ui/icons/triangle-alert";
import { X } from "@/components/ui/icons/x";
import type { PreflightCheck } from "@/lib/bootstrap/preflight";

const ICONS = {
  ok: { Icon: Check, colour: "text-ok" },
  warning: { Icon: TriangleAlert, colour: "text-warning" },
  failed: { Icon: X, colour: "text-danger" },
};

/** What was found about the installation, each with the one thing that mends it. */
export function PreflightList({ checks }: { checks: readonly PreflightCheck[] }) {
  const t = useTranslations("preflight");
  return (
    <ul className="divide-y divide-line border-y border-line">
      {checks.map((check) => {
        const { Icon, colour } = ICONS[check.state];
        const { text, aside, fix } = wordsFor(check, t);
        return (
          <li key={check.id} className="flex gap-3 py-3">
            <Icon className={`mt-0.5 size-5 shrink-0 ${colour}`} aria-hidden="true" />
            <div className="min-w-0 flex-1 wrap-anywhere">
              <p className="flex flex-wrap justify-between gap-x-4">
                <span>
                  <span className="sr-only">{t(check.state)}: </span>
                  {text}
                </span>
                {aside && <span className="text-soft tabular-nums">{aside}</span>}
              </p>
              {fix && <p className="mt-1 text-sm text-soft">{fix}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function wordsFor(
  { id, state, detail = {} }: PreflightCheck,
  t: ReturnType<typeof useTranslations<"preflight">>,
): { text: ReactNode; aside?: ReactNode; fix?: ReactNode } {
  const code = (chunks: ReactNode) => <code className="font-mono text-ink">{chunks}</code>;
  const visited = detail["visited"] ?? "";
  const configured = detail["configured"] ?? "";
  const seconds = Number(detail["seconds"]);
  const ok = state === "ok";
  switch (id) {
    case "database":
      return ok
        ? {
            text: t("database_ok"),
            aside: t("databaseDetail", { version: detail["version"]?.split(" ")[0] ?? "" }),
          }
        : { text: t("database_failed"), fix: t("databaseFix") };
    case "migrations":
      return ok
        ? { text: t("migrations_ok") }
        : { text: t("migrations_failed"), fix: t.rich("migrationsFix", { code }) };
    case "address":
      if (ok) return { text: t("address_ok"), aside: configured };
      return visited === configured
        ? { text: t("addressOpen", { visited }), fix: t("addressOpenFix") }
        : {
            text: t("addressDiffers", { visited, configured }),
            fix: t.rich("addressDiffersFix", { code, visited }),
          };
    case "proxy":
      return {
        text: t(ok ? "proxy_ok" : "proxy_warning"),
        fix: t.rich(ok ? "proxyIfAny" : "proxyFix", { code }),
      };
    case "secret":
      return ok
        ? { text: t("secret_ok") }
        : { text: t("secret_warning"), fix: t.rich("secretFix", { code }) };
    case "clock":
      return ok
        ? { text: t("clock_ok") }
        : { text: t("clock_warning", { seconds }), fix: t("clockFix") };
  }
}
