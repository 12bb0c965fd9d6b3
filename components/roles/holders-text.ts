import type { useTranslations } from "next-intl";
import type { Holders } from "@/lib/roles/role-view";

/** "3 users", "More than 10,000 users", "No active user". */
export function holdersText(
  t: ReturnType<typeof useTranslations<"rolesPage">>,
  { value, exact }: Holders,
  which: "holders" | "activeHolders" = "holders",
): string {
  return t(exact ? which : `${which}More`, { count: value });
}
