import { cookies } from "next/headers";
import { THEMES, type Theme } from "@/components/preferences";
import { KEPT } from "@/product";

/** The chosen appearance. Known to the server, so the first paint is right and needs no script. */
export async function readTheme(): Promise<Theme> {
  const chosen = (await cookies()).get(KEPT.themeCookie)?.value;
  return THEMES.find((theme) => theme === chosen) ?? "system";
}
