import { getTranslations } from "next-intl/server";
import { SETTING_RULES, type SettingRule } from "@/lib/settings/schema";
import { summaryWords } from "../ui/summary-words";

/** What the forms of settings say, ready to be shown, so that none of them brings a translator for it. */
export type SettingsWords = {
  save: string;
  saving: string;
  rules: Record<SettingRule, string>;
  refused: Record<"signedOut" | "forbidden" | "fixed" | "stale", string>;
  summary: string[];
};

export async function settingsWords(limits: Record<string, number>): Promise<SettingsWords> {
  const t = await getTranslations("settingsPage");
  const rule = (name: SettingRule) => t(`rules.${name}`, limits);
  return {
    save: t("save"),
    saving: t("saving"),
    rules: Object.fromEntries(
      SETTING_RULES.map((name) => [name, rule(name)]),
    ) as SettingsWords["rules"],
    refused: {
      signedOut: t("refused.signedOut"),
      forbidden: t("refused.forbidden"),
      fixed: t("refused.fixed"),
      stale: t("refused.stale"),
    },
    summary: await summaryWords(4),
  };
}
