import { useTranslations } from "next-intl";
import type { PreflightCheck } from "@/lib/bootstrap/preflight";
import { CheckLine } from "../check-line";
import { preflightWords } from "./preflight-words";

/** What was found about the installation, each with the one thing that mends it. */
export function PreflightList({ checks }: { checks: readonly PreflightCheck[] }) {
  const t = useTranslations("preflight");
  return (
    <ul className="divide-y divide-line border-y border-line">
      {checks.map((check) => (
        <CheckLine
          key={check.id}
          state={check.state}
          stateWords={t(check.state)}
          words={preflightWords(check, t)}
        />
      ))}
    </ul>
  );
}
