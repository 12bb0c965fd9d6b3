import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Monitor } from "@/components/ui/icons/monitor";
import { Moon } from "@/components/ui/icons/moon";
import { Sun } from "@/components/ui/icons/sun";

export const THEMES = ["light", "dark", "system"] as const;
export type Theme = (typeof THEMES)[number];

type PreferenceActions = {
  chooseLocale: (form: FormData) => Promise<void>;
  chooseTheme: (form: FormData) => Promise<void>;
};

const ICONS = { light: Sun, dark: Moon, system: Monitor };

/** Language and appearance, as two small forms, so that they work without JavaScript and keep what is typed with it. */
export function Preferences({
  theme,
  languages,
  actions,
  inWords = false,
}: {
  theme: Theme;
  /** Each with its name in itself. */
  languages: readonly { code: string; name: string }[];
  actions: PreferenceActions;
  /** Where there is room: with visible labels. */
  inWords?: boolean;
}) {
  const t = useTranslations("preferences");
  const locale = useLocale();
  return (
    <div className={`flex flex-wrap items-center ${inWords ? "gap-x-12 gap-y-6" : "gap-4"}`}>
      <form action={actions.chooseLocale}>
        <Choices label={t("language")} inWords={inWords}>
          {languages.map(({ code, name }) => (
            <Choice key={code} name="locale" value={code} chosen={code === locale}>
              <span lang={code}>{name}</span>
            </Choice>
          ))}
        </Choices>
      </form>
      <form action={actions.chooseTheme}>
        <Choices label={t("theme")} inWords={inWords}>
          {THEMES.map((choice) => {
            const Icon = ICONS[choice];
            return (
              <Choice key={choice} name="theme" value={choice} chosen={choice === theme}>
                <Icon className="size-4" aria-hidden="true" />
                <span className={inWords ? "" : "sr-only"}>{t(choice)}</span>
              </Choice>
            );
          })}
        </Choices>
      </form>
    </div>
  );
}

function Choices({
  label,
  inWords,
  children,
}: {
  label: string;
  inWords: boolean;
  children: ReactNode;
}) {
  return (
    <fieldset>
      <legend className={inWords ? "mb-2 font-medium" : "sr-only"}>{label}</legend>
      <div className="flex flex-wrap rounded border border-line p-0.5">{children}</div>
    </fieldset>
  );
}

function Choice({
  chosen,
  children,
  ...button
}: {
  name: string;
  value: string;
  chosen: boolean;
  children: ReactNode;
}) {
  return (
    <button type="submit" aria-pressed={chosen} className="choice" {...button}>
      {children}
    </button>
  );
}
