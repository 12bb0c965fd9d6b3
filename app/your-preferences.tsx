import { Preferences } from "@/components/preferences";
import { chooseLocale, chooseTheme } from "./actions";
import { readTheme } from "./read-theme";

export async function YourPreferences({ inWords = false }: { inWords?: boolean }) {
  const actions = { chooseLocale, chooseTheme };
  return <Preferences theme={await readTheme()} actions={actions} inWords={inWords} />;
}
