import { Preferences } from "@/components/preferences";
import { chooseLocale, chooseTheme } from "./actions";
import { readTheme } from "./read-theme";

export async function YourPreferences() {
  return <Preferences theme={await readTheme()} actions={{ chooseLocale, chooseTheme }} />;
}
