import { cookies } from "next/headers";
import { THEMES, type Theme } from "@/components/preferences";

export const THEME_COOKIE = "latchkey.theme";

/** The chosen appearance. Known to the server, so the first paint is right and needs no script. */
export async function readTheme(): Promise<Theme> {
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  return THEMES.find((theme) => theme === chosen) ?? "system";
}
