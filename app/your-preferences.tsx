import { Preferences } from "@/components/preferences";
import { LANGUAGES } from "@/lib/platform/messages";
import { chooseLocale, chooseTheme } from "./actions";
import { readTheme } from "./read-theme";

export async function YourPreferences({ inWords = false }: { inWords?: boolean }) {
  const actions = { chooseLocale, chooseTheme };
  return (
    <Preferences
      theme={await readTheme()}
      languages={LANGUAGES}
      actions={actions}
      inWords={inWords}
    />
  );
}
