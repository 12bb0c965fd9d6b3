import { useFormatter, useTranslations } from "next-intl";
import type { GetFactorOfOutcome } from "@/lib/factors/get-factor-of";

/** Whether a user has a second factor, and has to. */
export function FactorLine({ factor }: { factor: GetFactorOfOutcome & { kind: "found" } }) {
  const t = useTranslations("userDetail");
  const format = useFormatter();
  const { has, due, overdue } = factor;
  const date = due === null ? "" : format.dateTime(new Date(due), { dateStyle: "long" });
  const state = has
    ? "factorOn"
    : due === null
      ? "factorOff"
      : overdue
        ? "factorOverdue"
        : "factorDue";
  return <p className="mb-4 text-sm">{t(state, { date })}</p>;
}
