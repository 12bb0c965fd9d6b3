import type { useTranslations } from "next-intl";
import type { Ability } from "@/lib/tokens/abilities";

/** An ability in words. */
export function abilityText(
  t: ReturnType<typeof useTranslations<"tokens">>,
  ability: string,
): string {
  switch (ability as Ability) {
    case "*":
      return t("ability_all");
    case "users:read":
      return t("ability_users_read");
    case "users:write":
      return t("ability_users_write");
    case "roles:read":
      return t("ability_roles_read");
    case "roles:write":
      return t("ability_roles_write");
    case "audit:read":
      return t("ability_audit_read");
    default:
      return t("ability_other");
  }
}
