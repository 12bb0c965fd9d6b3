import type { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { PreflightCheck } from "@/lib/bootstrap/preflight";
import type { CheckWords } from "../check-line";

/** What a check of the preflight says. `t` for the section `preflight`. */
export function preflightWords(
  { id, state, detail = {} }: PreflightCheck,
  t: ReturnType<typeof useTranslations<"preflight">>,
): CheckWords {
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
